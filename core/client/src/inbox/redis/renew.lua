-- ARGV: key, attempt, lease in milliseconds.
local kept = redis.call('HMGET', names .. 'event:' .. ARGV[1], 'state', 'attempts', 'alias')
if kept[1] == 'waiting' and kept[2] == ARGV[2] then
    local ready = names .. 'ready:' .. kept[3]
    -- Removed first: a server whose memory is full refuses a script whose first write could need more.
    if redis.call('ZREM', ready, ARGV[1]) == 1 then
        redis.call('ZADD', ready, now + ARGV[3], ARGV[1])
    end
end
