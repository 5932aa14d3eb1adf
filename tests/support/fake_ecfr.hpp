// An eCFR in memory: dated texts of parts, answered like the real service, with faults on demand.
#pragma once

#include "fetch/ecfr_client.hpp"
#include "fetch/transport.hpp"
#include "model/date.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace regtrail::testing {

/// Serves titles, versions, full and corrections of title 15 from `texts`.
class FakeEcfr : public fetch::Transport {
public:
  /// XML of a part by (part, issue date).
  std::map<std::string, std::map<Date, std::string>> texts;
  std::string corrections; ///< body of the corrections list; "" answers 404
  bool import_in_progress = false;
  std::optional<Date> latest_issue_date;    ///< nullopt: the newest of `texts`
  std::optional<std::string> titles_body;   ///< instead of the true answer
  std::optional<std::string> versions_body; ///< instead of the true answer
  /// Asked before every answer with its ordinal from 1; an Error is answered instead.
  std::function<std::optional<Error>(int, const std::string&)> fault;

  std::vector<std::string> asked; ///< every URL in order

  Result<fetch::Response> get(const fetch::Request& request) override {
    asked.push_back(request.url);
    if (fault) {
      if (auto error = fault(static_cast<int>(asked.size()), request.url)) {
        return tl::unexpected(*error);
      }
    }
    const auto body = answer(request.url);
    if (!body) {
      return fail(ErrorKind::not_found, request.url + " does not exist");
    }
    fetch::Response response;
    response.status = 200;
    response.body = *body;
    response.final_url = request.url;
    response.wire_bytes = body->size();
    return response;
  }

  [[nodiscard]] int count(const std::string& fragment) const {
    int matches = 0;
    for (const std::string& url : asked) {
      matches += url.find(fragment) != std::string::npos ? 1 : 0;
    }
    return matches;
  }

private:
  [[nodiscard]] Date newest() const {
    Date newest;
    for (const auto& [part, dates] : texts) {
      newest = std::max(newest, dates.rbegin()->first);
    }
    return latest_issue_date.value_or(newest);
  }

  [[nodiscard]] std::optional<std::string> answer(const std::string& url) const {
    if (url == fetch::ecfr_titles_url()) {
      return titles_body.value_or(titles());
    }
    if (url.find("/versions/") != std::string::npos) {
      return versions_body.value_or(versions(url));
    }
    if (url.find("corrections") != std::string::npos) {
      return corrections.empty() ? std::nullopt : std::optional(corrections);
    }
    for (const auto& [part, dates] : texts) {
      for (const auto& [date, xml] : dates) {
        fetch::EcfrScope scope;
        scope.part = part;
        if (url == fetch::ecfr_full_url(scope, date)) {
          return xml;
        }
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] std::string titles() const {
    const std::string date = newest().to_string();
    return R"({"titles":[{"number":15,"name":"Commerce","latest_amended_on":")" + date +
           R"(","latest_issue_date":")" + date + R"(","up_to_date_as_of":")" + date +
           R"(","reserved":false}],"meta":{"date":")" + date + R"(","import_in_progress":)" +
           (import_in_progress ? "true" : "false") + "}}";
  }

  [[nodiscard]] std::string versions(const std::string& url) const {
    std::string rows;
    int count = 0;
    for (const auto& [part, dates] : texts) {
      if (url.find("part=") != std::string::npos && url.find("part=" + part) == std::string::npos) {
        continue;
      }
      for (const auto& [date, xml] : dates) {
        rows += rows.empty() ? "" : ",";
        rows +=
            R"({"date":")" + date.to_string() + R"(","amendment_date":")" + date.to_string() +
            R"(","issue_date":")" + date.to_string() + R"(","identifier":")" + part +
            R"(.1","name":"x","part":")" + part +
            R"(","substantive":true,"removed":false,"subpart":null,"title":"15","type":"section"})";
        ++count;
      }
    }
    return R"({"content_versions":[)" + rows + R"(],"meta":{"title":"15","result_count":")" +
           std::to_string(count) + R"(","total_pages":"1"}})";
  }
};

} // namespace regtrail::testing
