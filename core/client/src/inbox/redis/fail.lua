-- ARGV: key, attempt, error, milliseconds until the next attempt or nothing.
local event = names .. 'event:' .. ARGV[1]
local kept = redis.call('HMGET', event, 'state', 'attempts', 'alias', 'lane')
if kept[1] ~= 'waiting' or kept[2] ~= ARGV[2] then
    return
end
local alias = kept[3]
if ARGV[4] ~= '' then
    put_off(alias, ARGV[1], ARGV[4])
    redis.call('HSET', event, 'error', ARGV[3])
    return
end
leave_lane(alias, kept[4], ARGV[1])
redis.call('HSET', event, 'error', ARGV[3], 'state', 'dead')
redis.call('ZADD', names .. 'dead:' .. alias, now, ARGV[1])
