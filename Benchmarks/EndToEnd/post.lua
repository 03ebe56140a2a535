-- wrk -s post.lua URL -- KEY BODY: the same GraphQL request over and over; # in it is another number of twelve digits up to COUNT each
-- time.
local body, count

function init(arguments)
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
  wrk.headers["X-CUSTOMER-OS-API-KEY"] = arguments[1]
  body, count = arguments[2], tonumber(arguments[3])
end

function request()
  return wrk.format(nil, nil, nil, (body:gsub("#", string.format("%012d", math.random(count)))))
end

function done(summary, latency, requests)
  local failed = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  io.write(string.format("RESULT %d %.1f %d\n", summary.requests, summary.duration / 1e6, failed))
end
