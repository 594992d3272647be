-- ARGV: alias, key, lane, subject, rank and event of each; no subject is empty.
for i = 1, #ARGV, 6 do
    local alias, key, lane = ARGV[i], ARGV[i + 1], names .. 'lane:' .. ARGV[i + 2]
    local event = names .. 'event:' .. key
    if redis.call('EXISTS', event, names .. 'completed:' .. key) == 0 then
        redis.call('HSET', event, 'alias', alias, 'lane', ARGV[i + 2], 'subject', ARGV[i + 3], 'rank', ARGV[i + 4],
            'event', ARGV[i + 5], 'state', 'waiting', 'attempts', 0)
        redis.call('INCR', names .. 'waiting:' .. alias)
        if redis.call('RPUSH', lane, key) == 1 then
            redis.call('ZADD', names .. 'ready:' .. alias, now, key)
        end
    end
end
