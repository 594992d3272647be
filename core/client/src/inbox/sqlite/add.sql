INSERT INTO wamux_inbox (alias, key, lane, subject, rank, event, state, due)
VALUES (
    :alias, :key, :lane, :subject, :rank, :event,
    iif(EXISTS (SELECT 1 FROM wamux_inbox WHERE lane = :lane AND state = 'waiting'), 'behind', 'waiting'),
    :now
)
ON CONFLICT (key) DO UPDATE
-- A completed key whose time is over is a new one, which waits behind the others.
SET
    number = (SELECT max(number) + 1 FROM wamux_inbox),
    lane = excluded.lane,
    subject = excluded.subject,
    rank = excluded.rank,
    event = excluded.event,
    state = excluded.state,
    attempts = 0,
    due = excluded.due
WHERE state = 'completed' AND wamux_inbox.due <= excluded.due
