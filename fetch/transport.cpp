#include "fetch/transport.hpp"

#include "fetch/server_message_internal.hpp"
#include "model/characters.hpp"
#include "model/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace regtrail::fetch {

namespace {

bool is_success(int status) {
  return status >= 200 && status < 300;
}

std::string_view name_of(Accept accept) {
  switch (accept) {
  case Accept::json:
    return "JSON";
  case Accept::xml:
    return "XML";
  case Accept::any:
    break;
  }
  return "data";
}

bool is_labelled_html(const Response& answer) {
  std::string_view type = answer.header("content-type");
  type = type.substr(0, type.find_first_of("; \t"));
  const std::string lower = lowered(type);
  return lower == "text/html" || lower == "application/xhtml+xml";
}

std::string quoted(const std::string& words) {
  return words.empty() ? std::string() : fmt::format(", the server says \"{}\"", words);
}

std::string_view remedy_of(int status) {
  switch (status) {
  case 401:
  case 403:
    return "; the service may refuse this network: wait, or set [http] contact";
  case 406:
    return "; the service demands response compression: something on the way may strip "
           "Accept-Encoding, or libcurl lacks gzip";
  case 407:
    return "; check [http] proxy";
  case 429:
    return "; it was asked too often: wait before the next run";
  case 503:
    return "; it is unavailable or being updated: try again later";
  case 504:
    return "; it took too long: try again later or ask for less at a time";
  default:
    return "";
  }
}

std::string describe(const Response& answer) {
  std::string text = fmt::format("status {}", answer.status) + quoted(server_message(answer.body));
  if (const std::string_view wait = answer.header("retry-after"); !wait.empty()) {
    text += fmt::format(", retry after '{}'", printable(wait));
  }
  text += remedy_of(answer.status);
  return text;
}

} // namespace

std::string_view Response::header(std::string_view lower_case_name) const {
  const auto found = std::find_if(headers.begin(), headers.end(), [&](const auto& header) {
    return header.first == lower_case_name;
  });
  return found == headers.end() ? std::string_view() : std::string_view(found->second);
}

bool is_block_page(const Response& answer, const Request& request) {
  if (request.accept == Accept::any || (!is_success(answer.status) && answer.status != 403)) {
    return false;
  }
  return is_labelled_html(answer) || begins_like_html(answer.body);
}

Result<Response> judge(Response answer, const Request& request) {
  const auto refuse = [&](ErrorKind kind, std::string_view why) {
    return fail(kind, fmt::format("cannot get '{}': {}", printable(request.url), why));
  };
  if (is_block_page(answer, request)) {
    return refuse(ErrorKind::blocked,
                  fmt::format("a block page (HTML, status {}) came instead of {}{}; nothing of it "
                              "is used: wait, or set [http] contact",
                              answer.status,
                              name_of(request.accept),
                              quoted(server_message(answer.body))));
  }
  if (answer.status == 404) {
    if (request.not_found == NotFound::answer) {
      return answer;
    }
    return refuse(ErrorKind::not_found, describe(answer));
  }
  if (answer.status == 304) {
    if (!request.validators.sent_to(answer.final_url)) {
      return refuse(ErrorKind::http, "status 304 (not modified) though no earlier copy was named");
    }
    return answer;
  }
  if (!is_success(answer.status)) {
    const bool refused = answer.status == 400 || answer.status == 422;
    return refuse(refused ? request.refused : ErrorKind::http, describe(answer));
  }
  if (answer.status == 206) {
    return refuse(ErrorKind::malformed, "status 206 (a piece) though the whole was asked");
  }
  if (answer.body.empty() && request.accept != Accept::any) {
    return refuse(ErrorKind::malformed,
                  fmt::format("an empty body came instead of {} (status {}): try again later",
                              name_of(request.accept),
                              answer.status));
  }
  return answer;
}

} // namespace regtrail::fetch
