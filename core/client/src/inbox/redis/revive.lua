-- ARGV: key.
local event = names .. 'event:' .. ARGV[1]
local kept = redis.call('HMGET', event, 'state', 'alias', 'lane')
if kept[1] ~= 'dead' then
    return 0
end
local alias = kept[2]
redis.call('HSET', event, 'state', 'waiting', 'attempts', 0)
redis.call('ZREM', names .. 'dead:' .. alias, ARGV[1])
redis.call('INCR', names .. 'waiting:' .. alias)
if redis.call('RPUSH', names .. 'lane:' .. kept[3], ARGV[1]) == 1 then
    redis.call('ZADD', names .. 'ready:' .. alias, now, ARGV[1])
end
return 1
