UPDATE wamux_inbox
SET attempts = attempts + 1, due = :due
WHERE number IN (
    SELECT number
    FROM wamux_inbox AS this
    WHERE alias = :alias AND state = 'waiting' AND due <= :now
        AND NOT EXISTS (
            SELECT 1
            FROM wamux_inbox AS earlier
            WHERE earlier.state = 'waiting' AND earlier.lane = this.lane AND earlier.number < this.number
        )
    ORDER BY due, number
    LIMIT :most
)
RETURNING key, event, attempts, subject
