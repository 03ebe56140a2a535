-- wrk -s post.lua URL -- KEY BODY: the same GraphQL request over and over.
function init(arguments)
  wrk.method = "POST"
  wrk.body = arguments[2]
  wrk.headers["Content-Type"] = "application/json"
  wrk.headers["X-CUSTOMER-OS-API-KEY"] = arguments[1]
end

function done(summary, latency, requests)
  local failed = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  io.write(string.format("RESULT %d %.1f %d\n", summary.requests, summary.duration / 1e6, failed))
end
