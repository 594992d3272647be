CREATE TABLE wamux_inbox (
    -- The order of arrival.
    number   INTEGER PRIMARY KEY,
    alias    TEXT NOT NULL,
    key      BLOB NOT NULL UNIQUE,
    lane     BLOB NOT NULL,
    -- How far a status brings its message.
    subject  BLOB,
    rank     INTEGER,
    -- JSON text; empty once completed.
    event    TEXT NOT NULL,
    -- Of a lane's events that are to be handled the first is waiting; the others are behind it, and not looked at.
    state    TEXT NOT NULL CHECK (state IN ('waiting', 'behind', 'completed', 'dead')),
    attempts INTEGER NOT NULL DEFAULT 0,
    -- Milliseconds since 1970: when a waiting event may be handed out (again), when a completed one may be forgotten.
    due      INTEGER NOT NULL,
    -- Why the last attempt failed.
    error    TEXT
);
-- By the time when they may be handed out, so that those which wait for another attempt are not read.
CREATE INDEX wamux_inbox_waiting ON wamux_inbox (alias, due, number) WHERE state = 'waiting';
CREATE INDEX wamux_inbox_open ON wamux_inbox (alias) WHERE state IN ('waiting', 'behind');
CREATE INDEX wamux_inbox_first ON wamux_inbox (lane) WHERE state = 'waiting';
CREATE INDEX wamux_inbox_behind ON wamux_inbox (lane, number) WHERE state = 'behind';
CREATE INDEX wamux_inbox_reached ON wamux_inbox (subject, rank) WHERE state = 'completed';
CREATE INDEX wamux_inbox_completed ON wamux_inbox (due) WHERE state = 'completed';
CREATE INDEX wamux_inbox_dead ON wamux_inbox (alias, number) WHERE state = 'dead';
CREATE TRIGGER wamux_inbox_next AFTER UPDATE OF state ON wamux_inbox WHEN old.state = 'waiting' AND new.state <> 'waiting'
BEGIN
    UPDATE wamux_inbox SET state = 'waiting'
    WHERE number = (SELECT min(number) FROM wamux_inbox WHERE lane = old.lane AND state = 'behind');
END;
