-- ARGV: key, attempt, error, milliseconds until the next attempt or nothing.
local event = names .. 'event:' .. ARGV[1]
local kept = redis.call('HMGET', event, 'state', 'attempts', 'alias', 'lane')
if kept[1] ~= 'waiting' or kept[2] ~= ARGV[2] then
    return
end
local alias = kept[3]
-- Removed first: a server whose memory is full refuses a script whose first write could need more.
redis.call('ZREM', names .. 'ready:' .. alias, ARGV[1])
redis.call('HSET', event, 'error', ARGV[3])
if ARGV[4] ~= '' then
    redis.call('ZADD', names .. 'ready:' .. alias, now + ARGV[4], ARGV[1])
    return
end
redis.call('HSET', event, 'state', 'dead')
redis.call('ZADD', names .. 'dead:' .. alias, now, ARGV[1])
leave_lane(alias, kept[4], ARGV[1])
