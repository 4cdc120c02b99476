"""The coach: screens, adapts, plans, leads and remembers; once, for every way to begin a session.

The command line, a rehearsal and the tests of the whole call it. Where the dialogs are led is the
driver's business: on a sound card, or in a simulated room.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from voicecoach.app.carry_over import care, remembered
from voicecoach.app.changes import Changes, Keep, forget, unnoted
from voicecoach.app.conductor import Log
from voicecoach.app.fitted import Fitting, Wanted
from voicecoach.app.going_on import Now, comeback, offer_of, offer_without
from voicecoach.app.lesson import Lesson, is_learned, taught_by
from voicecoach.app.no_session import broken_off, declined_error, unanswered_error
from voicecoach.app.openings import Openings
from voicecoach.app.pipeline import Clips, Driver, lengths_of
from voicecoach.app.recorded import prepared_event
from voicecoach.app.repertoire import Repertoire
from voicecoach.app.unfinished import Keeper, Unkept
from voicecoach.decision.taught import TaughtVoice
from voicecoach.dialog.care import Care
from voicecoach.dialog.lesson import lesson_of, teach_lines
from voicecoach.dialog.refusal_dialog import RefusalDialog, refusal_lines
from voicecoach.dialog.screening_dialog import ScreeningDialog, nothing
from voicecoach.dialog.session import Session
from voicecoach.dialog.teach_dialog import TeachDialog
from voicecoach.dialog.unfinished_dialog import CutOff, UnfinishedDialog, unfinished_lines
from voicecoach.errors import Problem
from voicecoach.eventlog.fields import Outcome
from voicecoach.eventlog.inputs import SessionPrepared
from voicecoach.fitting.telling import nearest
from voicecoach.fitting.wish import Offer
from voicecoach.history.past import Past
from voicecoach.history.recall import Recall, recall
from voicecoach.history.week import plan_is_done
from voicecoach.language.model import Language
from voicecoach.plan.compile import all_lines
from voicecoach.plan.narration import FULL
from voicecoach.plan.strain_time import too_long
from voicecoach.ports import Progress, Voice
from voicecoach.routine.model import Exercise, Routine
from voicecoach.screening.profile import Profile
from voicecoach.screening.questionnaire import Screening
from voicecoach.screening.summary import allows, refusal_today
from voicecoach.screening.verdicts import Adapted, Declined
from voicecoach.units import Ms


class Coach:
    """Leads one user through sessions, with a voice, on a driver.

    The coach speaks `language`. `today` is the day of the sessions, `talk` the level of talk
    (`plan.narration`). All that happens goes to `log`, and what is to be remembered to `keep`, as
    soon as it was told. An exercise of `library` may take the place of one that is left out.
    `helper` tells whether the driver can call someone. `shelf` gives all routines, so that the
    coach can say which are open to the user. `note_time` gets the time of a session, each
    second and at each event. `past` are the earlier sessions, of which the coach speaks. With a
    `lesson` the coach offers, before the session, to be taught the user's voice. `unfinished` keeps
    the session that is led, in case the program is cut off.
    """

    def __init__(
        self,
        driver: Driver,
        voice: Voice,
        language: Language,
        today: date,
        log: Log,
        keep: Keep = forget,
        talk: int = FULL,
        library: Sequence[Exercise] = (),
        helper: bool = False,
        shelf: Callable[[], Sequence[Routine]] = tuple,
        note_time: Callable[[Ms], None] = unnoted,
        past: Sequence[Past] = (),
        lesson: Lesson | None = None,
        unfinished: Keeper | None = None,
    ) -> None:
        self._driver, self._language = driver, language
        self._says = Repertoire(voice, language)
        self._today, self._log, self._keep, self._talk = today, log, keep, talk
        self._library, self._helper = library, helper
        self._openings = Openings(shelf, language, today, library, past)
        self._note_time, self._past = note_time, past
        self._lesson, self._unfinished = lesson, unfinished or Unkept()
        self._unsteady = False
        self._prompts = language.prompts
        self.routine: Routine | None = None
        """The routine as it is led; None until then."""

    def prepare(
        self, routine: Routine | Wanted, profile: Profile, progress: Progress | None = None
    ) -> None:
        """Render what the questions of `profile` and a session of `routine` can say, so that
        nothing waits for it later. Raises `VoiceError` or `PlaceError`.
        """
        lines = {*self._openings.questions(Screening.start(profile, self._today))}
        if self._lesson:
            lines |= {*teach_lines(lesson_of(self._language.phrasebook), self._prompts)}
        if isinstance(routine, Wanted):
            lines |= {*self._fitting(profile).lines_for(routine)}
        else:
            lines |= all_lines(routine, self._language) | {*self._recall(routine).lines}
        self._says.clips(lines, progress)

    def strains(self, routine: Routine | Wanted, progress: Progress | None = None) -> list[Problem]:
        """Return where `routine`, as it stands, keeps a strain for too long before the work (S36).

        None for one that is yet to be chosen. Raises what `lead` raises before the session.
        """
        if isinstance(routine, Wanted):
            return []
        return too_long(self._says.compiled(routine, progress=progress)[0])

    def start(self, routine: Routine | Wanted, profile: Profile) -> Outcome:
        """Ask what is due, then lead `routine` as it suits the user; return the outcome.

        Raises `DeclinedError` where there is no session, and what `compile_plan` and the driver
        raise.
        """
        return self.lead_for(self.before(profile), routine)

    def before(self, profile: Profile) -> Profile:
        """Ask what is due before any session, and offer the lesson; return `profile` with the
        answers. Raises as `screen`.
        """
        answered = self.screen(profile)
        if self._lesson and allows(answered, self._today, self._prompts):
            self.teach(self._lesson, offered=True)
        return answered

    def screen(self, profile: Profile, everything: bool = False) -> Profile:
        """Ask the questions that are due, or all; then say which routines are open, if all was
        asked. Return the profile with the answers.

        Each answer is kept when it is given. Raises `DeclinedError` if the questions were not
        answered to their end.
        """
        screening = Screening.start(profile, self._today, everything=everything)
        clips = self._says.clips(self._openings.questions(screening))
        closing, lengths = self._openings.of if screening.whole else nothing, lengths_of(clips)
        questions = ScreeningDialog(screening, self._prompts, lengths, self._helper, closing)
        kept = Changes(self._keep, questions.told)
        outcome = self._driver.lead(questions, clips, self._log, lambda _: kept(questions.told))
        self._unsteady = questions.unsteady
        answered = questions.profile
        if answered is None or outcome != "asked":
            raise unanswered_error(outcome)
        return answered

    def teach(self, lesson: Lesson, offered: bool = False) -> TaughtVoice:
        """Let the user teach the coach their voice, or offer it first; return what is known of it.

        What is taught is kept as soon as a form is complete, beside what was taught before, and
        used in what is led afterwards. Raises `DeclinedError` if it ended in a complaint, or the
        user wants to leave.
        """
        forms = lesson_of(self._language.phrasebook)
        clips = self._says.clips(teach_lines(forms, self._prompts))
        lengths = lengths_of(clips)
        dialog = TeachDialog(forms, self._prompts, lengths, self._helper, offered, is_learned)
        before = lesson.known or TaughtVoice(lesson.measure)
        kept = Changes(lesson.keep, before)
        outcome = self._driver.lead(
            dialog, clips, self._log, lambda _: kept(taught_by(before, dialog.takes))
        )
        voice = taught_by(before, dialog.takes)
        self._driver.know(voice)
        if dialog.declined:
            lesson.keep(before)
        if outcome not in ("done", "unanswered", "ended") or (offered and outcome == "ended"):
            raise unanswered_error(outcome, "") if offered else broken_off(outcome)
        return voice

    def explain(self, profile: Profile) -> None:
        """Say why no session can be led today, and what to do instead, if that is so."""
        declined = refusal_today(profile, self._today, self._prompts)
        if declined:
            self._refuse(declined)

    def lead_for(
        self, profile: Profile, routine: Routine | Wanted, progress: Progress | None = None
    ) -> Outcome:
        """Lead `routine`, or what fits the time wanted, as it suits the user of `profile`; return
        the outcome.

        What it brings is kept when it happens, so that it is not lost however the session ends.
        Raises `DeclinedError` after telling the user that there is no session.
        """
        if isinstance(routine, Wanted):
            suited = self._fitted(routine, profile, progress)
        else:
            suited = self._openings.suited(routine, profile)
        adapted = self._openings.with_load(self._or_refused(suited), profile)
        recalled = self._recall(adapted.routine)
        known = care(adapted, profile, self._today, self._unsteady, recalled)
        given = [] if isinstance(routine, Wanted) else [routine]
        counts = self._openings.counts(adapted.routine, given, profile)
        known = replace(known, minutes=_minutes(routine), counts=counts)
        session, clips, prepared = self._planned(adapted.routine, known, progress)
        return self._lead(session, clips, prepared, profile, profile)

    def _lead(
        self,
        session: Session,
        clips: Clips,
        prepared: SessionPrepared,
        profile: Profile,
        before: Profile,
    ) -> Outcome:
        """Lead a session for the user of `profile`, of whom `before` was known when it began."""
        kept, routine = Changes(self._keep, profile), session.routine
        self.routine = routine
        self._unfinished.begin(prepared, before)

        def after_event(now: Ms) -> None:
            self._unfinished.keep(session, now)  # first: what it lacks, the others may not have
            kept(remembered(before, session.result, self._today, routine.id))
            self._note_time(now)

        self._log(prepared)
        try:
            outcome = self._driver.lead(session, clips, self._log, after_event)
        except KeyboardInterrupt:  # the user ended it, or the computer is shut down
            if not session.complained:
                self._unfinished.over()
            raise
        self._unfinished.over()
        return outcome

    def go_on(self, profile: Profile) -> Outcome | None:
        """Offer to go on with the session that was cut off, and lead it if the user wants; return
        the outcome. None where there is none, or it is not wanted.

        It is offered once, and only on the same day, to a user who has told nothing new since. But
        where a complaint was open, or a call for help, that comes first, and until it is answered:
        the question is put again, and silence leads to the helper.
        Raises `DeclinedError` if something was wrong, or the user wants to leave.
        """
        cut = self._unfinished.find()
        if cut is None:
            return None
        now = Now(profile, self._today, self._language, self._says.voice, self._helper)
        back = comeback(cut, now, self._says.compiled)
        if back is None:
            self._offer(offer_without(cut, now), profile)
            return None
        Changes(self._keep, profile)(back.told)  # the power may have been cut before it was written
        session = back.session
        if not session.complained and not self._offer(offer_of(session, self._prompts), back.told):
            return None
        return self._lead(session, back.clips, back.prepared, back.told, back.before)

    def _offer(self, offer: CutOff | None, profile: Profile) -> bool:
        """Say what was cut off, and ask whether to go on, or to call for help; tell whether the
        session is to go on.
        """
        if offer is None:
            self._unfinished.over()
            return False
        clips = self._says.clips(unfinished_lines(offer, self._prompts))
        dialog = UnfinishedDialog(offer, self._prompts, lengths_of(clips), self._helper)

        def once(_now: Ms) -> None:
            if not offer.open:  # a complaint comes again until it is answered
                self._unfinished.over()

        outcome = self._driver.lead(dialog, clips, self._log, once)
        self._unfinished.over()
        if dialog.blocked:
            self._keep(profile.block(self._today))
        if outcome not in ("chosen", "idle"):
            raise unanswered_error(outcome, "")
        return outcome == "chosen"

    def lead(self, routine: Routine | Wanted, progress: Progress | None = None) -> Outcome:
        """Lead `routine` as it stands, for a user who is not known; return the outcome."""
        known = None
        if isinstance(routine, Wanted):
            adapted = self._or_refused(self._fitted(routine, None, progress))
            routine, known = adapted.routine, Care(opening=adapted.sentences)
        session, clips, prepared = self._planned(routine, known, progress)
        self.routine = routine
        self._log(prepared)
        return self._driver.lead(session, clips, self._log)

    def _recall(self, routine: Routine) -> Recall:
        """Return what can be said of earlier sessions in one of `routine`."""
        return recall(self._past, routine.exercises, self._today, self._prompts)

    def _fitting(self, profile: Profile | None) -> Fitting:
        return Fitting(
            self._language, self._talk, self._today, profile, self._library, self._recall
        )

    def offer(
        self, wanted: Wanted, profile: Profile | None, progress: Progress | None = None
    ) -> Offer | None:
        """Return the session that comes nearest to what is wanted; None where there is none."""
        left = [routine for routine in wanted.routines if not self._openings.done(routine)]
        measure = partial(self._says.measured, progress=progress)
        return self._fitting(profile).offer(replace(wanted, routines=left), measure)

    def _fitted(
        self, wanted: Wanted, profile: Profile | None, progress: Progress | None
    ) -> Adapted | Declined:
        """Return what fits the time that is wanted, else what is nearest; or why no session at all
        may be led today.
        """
        declined = refusal_today(profile, self._today, self._prompts) if profile else None
        if declined:
            return declined
        offer = self.offer(wanted, profile, progress)
        if offer and offer.fits:
            self._talk = offer.talk
            return offer.adapted
        if wanted.named and all(map(self._openings.done, wanted.routines)):
            return plan_is_done(self._prompts)
        return Declined("", nearest(wanted.wish, offer, self._prompts), ())

    def _or_refused(self, suited: Adapted | Declined) -> Adapted:
        """Return what is led; else tell why there is no session, and raise."""
        if isinstance(suited, Declined):
            self._refuse(suited)
            raise declined_error(suited)
        return suited

    def _refuse(self, declined: Declined) -> None:
        """Say why there is no session, and what to do instead."""
        clips = self._says.clips(refusal_lines(declined, self._prompts))
        refusal = RefusalDialog(declined, self._prompts, lengths_of(clips), self._helper)
        self._driver.lead(refusal, clips, self._log)

    def _planned(
        self, routine: Routine, known: Care | None, progress: Progress | None
    ) -> tuple[Session, Clips, SessionPrepared]:
        """Render the lines of a session that are still missing, and compile its plan."""
        opening = (*known.opening, *known.recall.lines) if known else ()
        plan, clips = self._says.compiled(routine, opening, progress)
        prepared = prepared_event(plan, clips, self._says.voice, self._talk, known, self._helper)
        return Session(plan, self._talk, known, self._helper), clips, prepared


def _minutes(routine: Routine | Wanted) -> int | None:
    """Return the length of time that was wished for; None for a whole routine."""
    return routine.wish.minutes if isinstance(routine, Wanted) else None
