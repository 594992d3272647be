-- ARGV: key, retention in milliseconds.
local event = names .. 'event:' .. ARGV[1]
local kept = redis.call('HMGET', event, 'state', 'alias', 'lane', 'subject', 'rank')
if not kept[1] then
    return
end
local alias = kept[2]
redis.call('DEL', event)
redis.call('SET', names .. 'completed:' .. ARGV[1], '', 'PX', ARGV[2])
if kept[4] ~= '' then
    local reached = names .. 'reached:' .. kept[4]
    local rank = math.max(tonumber(kept[5]), tonumber(redis.call('GET', reached) or 0))
    redis.call('SET', reached, rank, 'PX', ARGV[2])
end
if kept[1] == 'dead' then
    redis.call('ZREM', names .. 'dead:' .. alias, ARGV[1])
    return
end
leave_lane(alias, kept[3], ARGV[1])
