-- When a set began, and the length of time that was wished for: not known of older rows.

ALTER TABLE session ADD COLUMN minutes INTEGER CHECK (minutes > 0);
ALTER TABLE exercise_set ADD COLUMN at REAL;
