UPDATE wamux_inbox
SET attempts = attempts + 1, due = :due
WHERE number IN (
    SELECT number
    FROM wamux_inbox
    WHERE alias = :alias AND state = 'waiting' AND due <= :now
    ORDER BY due, number
    LIMIT :most
)
RETURNING key, event, attempts, subject
