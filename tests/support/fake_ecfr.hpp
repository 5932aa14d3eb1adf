// An eCFR in memory: dated texts of parts, answered like the real service, with faults on demand.
#pragma once

#include "fetch/ecfr_client.hpp"
#include "fetch/transport.hpp"
#include "model/date.hpp"

#include <cstdlib>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace regtrail::testing {

/// Serves titles, versions, full and corrections of title 15 from `texts`, of others from
/// `other_titles`.
class FakeEcfr : public fetch::Transport {
public:
  /// XML of a part by (part, issue date).
  using Texts = std::map<std::string, std::map<Date, std::string>>;
  Texts texts;
  std::map<int, Texts> other_titles;
  /// Parts that end: from this date on `full` answers 404 and the rows of units say `removed`.
  std::map<std::string, Date> gone_from;
  std::string corrections; ///< body of the corrections list; "" answers 404
  bool import_in_progress = false;
  std::optional<Date> latest_issue_date;    ///< nullopt: the newest of `texts`
  std::optional<std::string> titles_body;   ///< instead of the true answer
  std::optional<std::string> versions_body; ///< instead of the true answer
  /// Makes what is sent of the true body of the answer to a url.
  std::function<std::string(const std::string&, std::string)> altered;
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
    fetch::Response response;
    response.status = body ? 200 : 404;
    response.body = body.value_or(R"({"error":"No matching content found."})");
    if (altered) {
      response.body = altered(request.url, std::move(response.body));
    }
    response.final_url = request.url;
    response.wire_bytes = response.body.size();
    if (!body) {
      return fetch::judge(std::move(response), request);
    }
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
  [[nodiscard]] const Texts& texts_of(int title) const {
    static const Texts none;
    const auto other = other_titles.find(title);
    return title == 15 ? texts : other == other_titles.end() ? none : other->second;
  }

  [[nodiscard]] Date newest(int title) const {
    Date newest;
    for (const auto& [part, dates] : texts_of(title)) {
      newest = std::max(newest, dates.rbegin()->first);
    }
    if (title != 15) {
      return newest;
    }
    for (const auto& [part, date] : gone_from) {
      newest = std::max(newest, date);
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
    for (const int title : titles_served()) {
      for (const auto& [part, dates] : texts_of(title)) {
        for (const auto& [date, xml] : dates) {
          if (url == fetch::ecfr_full_url({title, part}, date)) {
            return xml;
          }
        }
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] std::vector<int> titles_served() const {
    std::vector<int> titles{15};
    for (const auto& [title, parts] : other_titles) {
      titles.push_back(title);
    }
    return titles;
  }

  [[nodiscard]] std::string titles() const {
    std::string rows;
    for (const int title : titles_served()) {
      const std::string date = newest(title).to_string();
      rows += (rows.empty() ? "" : ",") + (R"({"number":)" + std::to_string(title)) +
              R"(,"name":"Commerce","latest_amended_on":")" + date + R"(","latest_issue_date":")" +
              date + R"(","up_to_date_as_of":")" + date + R"(","reserved":false})";
    }
    return R"({"titles":[)" + rows + R"(],"meta":{"date":")" + newest(15).to_string() +
           R"(","import_in_progress":)" + (import_in_progress ? "true" : "false") + "}}";
  }

  [[nodiscard]] std::string versions(const std::string& url) const {
    const int title = std::atoi(url.c_str() + url.find("/title-") + 7);
    std::string rows;
    int count = 0;
    const auto add = [&](const std::string& part, Date date, const char* removed) {
      const std::string day = date.to_string();
      rows += rows.empty() ? "" : ",";
      rows += R"({"date":")" + day + R"(","amendment_date":")" + day + R"(","issue_date":")" + day +
              R"(","identifier":")" + part + R"(.1","name":"x","part":")" + part +
              R"(","substantive":true,"removed":)" + removed + R"(,"subpart":null,"title":")" +
              std::to_string(title) + R"(","type":"section"})";
      ++count;
    };
    for (const auto& [part, dates] : texts_of(title)) {
      if (url.find("part=") != std::string::npos && url.find("part=" + part) == std::string::npos) {
        continue;
      }
      for (const auto& [date, xml] : dates) {
        add(part, date, "false");
      }
      if (const auto gone = gone_from.find(part); title == 15 && gone != gone_from.end()) {
        add(part, gone->second, "true");
      }
    }
    return R"({"content_versions":[)" + rows + R"(],"meta":{"title":")" + std::to_string(title) +
           R"(","result_count":")" + std::to_string(count) + R"(","total_pages":"1"}})";
  }
};

} // namespace regtrail::testing
