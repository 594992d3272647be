-- What stands before each script. KEYS: what all names begin with.
local names = KEYS[1]
-- Milliseconds since 1970, by the server's clock, which all workers share.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

-- A server whose memory is full refuses a script whose first write could need more, and lets it go on after one that
-- removes something: what lets go of events, or puts them off, begins so.

-- Lets a waiting event be handed out after some milliseconds.
local function put_off(alias, key, milliseconds)
    local ready = names .. 'ready:' .. alias
    redis.call('ZREM', ready, key)
    redis.call('ZADD', ready, now + milliseconds, key)
end

-- Takes a waiting event out of its lane, and lets the next one be handed out.
local function leave_lane(alias, lane, key)
    local ready = names .. 'ready:' .. alias
    lane = names .. 'lane:' .. lane
    redis.call('ZREM', ready, key)
    redis.call('LREM', lane, 1, key)
    redis.call('DECR', names .. 'waiting:' .. alias)
    local first = redis.call('LINDEX', lane, 0)
    if first then
        redis.call('ZADD', ready, 'NX', now, first)
    end
end

