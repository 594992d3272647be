-- ARGV: alias, how many at most. Gives key, attempts, error and event of each.
local dead = {}
for _, key in ipairs(redis.call('ZRANGE', names .. 'dead:' .. ARGV[1], 0, ARGV[2] - 1)) do
    local kept = redis.call('HMGET', names .. 'event:' .. key, 'attempts', 'error', 'event')
    table.insert(dead, { key, kept[1], kept[2], kept[3] })
end
return dead
