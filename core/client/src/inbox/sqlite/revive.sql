UPDATE wamux_inbox AS this
SET
    number = (SELECT max(number) + 1 FROM wamux_inbox),
    state = iif(EXISTS (SELECT 1 FROM wamux_inbox WHERE lane = this.lane AND state = 'waiting'), 'behind', 'waiting'),
    attempts = 0,
    due = :now
WHERE key = :key AND state = 'dead'
