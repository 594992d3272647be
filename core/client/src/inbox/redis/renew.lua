-- ARGV: key, attempt, lease in milliseconds.
local kept = redis.call('HMGET', names .. 'event:' .. ARGV[1], 'state', 'attempts', 'alias')
if kept[1] == 'waiting' and kept[2] == ARGV[2] then
    put_off(kept[3], ARGV[1], ARGV[3])
end
