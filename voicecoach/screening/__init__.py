"""Who may do what today: the safety rules as data, the questions before a session, what follows.

Pure: dates come in as values, nothing here reads a clock or a file of the user's. The way through:

`Screening` asks, one question at a time, and gives a `Profile`: the answers with their dates, and
what earlier sessions brought. `adapt(routine, profile, today)` gives the routine as it suits that
person, with a sentence for each kind of change, or says why it is not led and what to do instead.
`rules()` is the one list of all the rules (``rules.toml``), by the ids of docs/safety.md.
"""
