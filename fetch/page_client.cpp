#include "fetch/page_client.hpp"

#include "model/text.hpp"

#include <fmt/format.h>

namespace regtrail::fetch {

namespace {

constexpr int too_many_requests = 429;

Result<RobotsRules> ask_rules(Transport& transport, const Url& robots) {
  Request request;
  request.url = robots.text();
  request.not_found = NotFound::answer;
  const auto answer = transport.attempt(request);
  const auto refuse = [&](std::string_view why) {
    return fail(ErrorKind::blocked,
                fmt::format("'{}' could not be had, so nothing is asked of the host: {}; the next "
                            "sync tries again",
                            printable(robots.text()),
                            why));
  };
  if (!answer) {
    return refuse(answer.error().message);
  }
  const int status = answer->status;
  if (status >= 200 && status < 300) {
    return RobotsRules::parse(answer->body, robots_token);
  }
  if (status >= 400 && status < 500 && status != too_many_requests) {
    return RobotsRules();
  }
  return refuse(fmt::format("status {}", status));
}

} // namespace

const Result<RobotsRules>& PageClient::rules_of(const Url& robots) {
  const std::string key = robots.text();
  const auto known = m_rules.find(key);
  return known != m_rules.end()
             ? known->second
             : m_rules.emplace(key, ask_rules(m_transport, robots)).first->second;
}

Result<Response> PageClient::page(const std::string& address, const Validators& validators) {
  TRY_ASSIGN(const Url url, Url::parse(address));
  TRY_ASSIGN(const Url robots, url.resolve("/robots.txt"));
  const Result<RobotsRules>& rules = rules_of(robots);
  if (!rules) {
    return tl::unexpected(rules.error());
  }
  const std::string query = url.query();
  if (!rules->allows(query.empty() ? url.path() : url.path() + '?' + query)) {
    return fail(ErrorKind::blocked,
                fmt::format("'{}' forbids programs to read '{}': disable the watch",
                            printable(robots.text()),
                            printable(address)));
  }
  Request request;
  request.url = address;
  request.validators = validators;
  request.not_found = NotFound::answer;
  auto answer = m_transport.attempt(request);
  if (!answer && answer.error().kind == ErrorKind::blocked) { // a redirect that was refused
    return fail_while("the page moved, or a block page is shown", std::move(answer.error()));
  }
  return answer;
}

bool is_moved(const std::string& address, const std::string& final_url) {
  const auto asked = Url::parse(address);
  const auto came = Url::parse(final_url);
  if (!asked || !came) {
    return false; // a file of a mirror folder
  }
  std::string path = came->path();
  if (came->host() != asked->host()) {
    const std::string folder = '/' + asked->host() + '/';
    const std::size_t at = path.find(folder);
    if (at == std::string::npos) {
      return true;
    }
    path.erase(0, at + folder.size() - 1);
  }
  return path == "/" && asked->path() != "/";
}

} // namespace regtrail::fetch
