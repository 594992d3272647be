-- ARGV: alias.
return tonumber(redis.call('GET', names .. 'waiting:' .. ARGV[1]) or 0)
