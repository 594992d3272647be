-- ARGV: alias, how many at most. Gives key, attempts, error and event of each.
local dead = {}
for _, key in ipairs(redis.call('ZRANGEBYSCORE', names .. 'dead:' .. ARGV[1], '-inf', '+inf', 'LIMIT', 0, ARGV[2])) do
    local kept = redis.call('HMGET', names .. 'event:' .. key, 'attempts', 'error', 'event')
    table.insert(dead, { key, kept[1], kept[2], kept[3] })
end
return dead
