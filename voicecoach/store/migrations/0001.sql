-- One table for each kind of record: voicecoach/history/records.py describes the fields.

CREATE TABLE session (
    session TEXT PRIMARY KEY,
    began TEXT NOT NULL,
    routine TEXT NOT NULL,
    version TEXT NOT NULL,
    talk TEXT NOT NULL,
    seconds REAL NOT NULL,
    outcome TEXT,
    before INTEGER CHECK (before BETWEEN 0 AND 10),
    after INTEGER CHECK (after BETWEEN 0 AND 10)
) STRICT, WITHOUT ROWID;

CREATE TABLE exercise (
    session TEXT NOT NULL REFERENCES session ON DELETE CASCADE,
    visit INTEGER NOT NULL,
    exercise TEXT NOT NULL,
    name TEXT NOT NULL,
    at REAL NOT NULL,
    level INTEGER NOT NULL CHECK (level BETWEEN -1 AND 1),
    pace INTEGER NOT NULL,
    outcome TEXT,
    PRIMARY KEY (session, visit)
) STRICT, WITHOUT ROWID;

CREATE TABLE exercise_set (
    session TEXT NOT NULL REFERENCES session ON DELETE CASCADE,
    visit INTEGER NOT NULL,
    n INTEGER NOT NULL,
    side TEXT NOT NULL,
    repetitions INTEGER NOT NULL,
    of INTEGER NOT NULL,
    seconds REAL NOT NULL,
    PRIMARY KEY (session, visit, n, side)
) STRICT, WITHOUT ROWID;

CREATE TABLE complaint (
    session TEXT NOT NULL REFERENCES session ON DELETE CASCADE,
    n INTEGER NOT NULL,
    at REAL NOT NULL,
    visit INTEGER NOT NULL,
    why TEXT NOT NULL,
    score INTEGER CHECK (score BETWEEN 0 AND 10),
    sharp INTEGER CHECK (sharp IN (0, 1)),
    region TEXT,
    verdict TEXT,
    PRIMARY KEY (session, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE change (
    session TEXT NOT NULL REFERENCES session ON DELETE CASCADE,
    rule TEXT NOT NULL,
    exercise TEXT NOT NULL,
    PRIMARY KEY (session, rule, exercise)
) STRICT, WITHOUT ROWID;

CREATE TABLE pause (
    session TEXT NOT NULL REFERENCES session ON DELETE CASCADE,
    n INTEGER NOT NULL,
    at REAL NOT NULL,
    seconds REAL NOT NULL,
    PRIMARY KEY (session, n)
) STRICT, WITHOUT ROWID;

CREATE INDEX session_began ON session (began);
