-- ARGV: alias, how many at most, lease in milliseconds.
-- Gives key, event, attempt and rank of each.
local ready = names .. 'ready:' .. ARGV[1]
local claims = {}
for _, key in ipairs(redis.call('ZRANGEBYSCORE', ready, '-inf', now, 'LIMIT', 0, ARGV[2])) do
    local event = names .. 'event:' .. key
    local kept = redis.call('HMGET', event, 'event', 'subject')
    if kept[1] then
        local reached = kept[2] ~= '' and redis.call('GET', names .. 'reached:' .. kept[2])
        put_off(ARGV[1], key, ARGV[3])
        local attempts = redis.call('HINCRBY', event, 'attempts', 1)
        table.insert(claims, { key, kept[1], attempts, tonumber(reached or 0) })
    else
        -- A server that is short of memory has thrown it away.
        redis.call('ZREM', ready, key)
    end
end
return claims
