// The annual CFR in memory: editions of parts in volumes, answered like govinfo.
#pragma once

#include "fetch/govinfo_client.hpp"
#include "fetch/transport.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace regtrail::testing {

/// Serves listings, volumes and parts of `title`; hands everything else to `others`.
class FakeGovinfo : public fetch::Transport {
public:
  int title = 15;
  /// XML of a part by (year, volume, part). A volume exists when it has an entry here or below.
  std::map<int, std::map<int, std::map<std::string, std::string>>> parts;
  /// XML of whole volumes by (year, volume).
  std::map<int, std::map<int, std::string>> volumes;
  fetch::Transport* others = nullptr;
  /// Asked before every answer with its URL; an Error is answered instead.
  std::function<std::optional<Error>(const std::string&)> fault;

  std::vector<std::string> asked; ///< every URL in order, without those of `others`

  Result<fetch::Response> get(const fetch::Request& request) override {
    if (request.url.find("www.govinfo.gov") == std::string::npos && others != nullptr) {
      return others->get(request);
    }
    asked.push_back(request.url);
    if (fault) {
      if (auto error = fault(request.url)) {
        return tl::unexpected(*error);
      }
    }
    fetch::Response response;
    response.status = 200;
    response.final_url = request.url;
    if (auto body = answer(request.url)) {
      response.body = std::move(*body);
    } else if (request.accept == fetch::Accept::any) {
      // the service leads to a page for people where it has no such part
      response.body = "<!DOCTYPE html><html><body>No such document.</body></html>";
      response.final_url = "https://www.govinfo.gov/error";
      response.headers = {{"content-type", "text/html"}};
    } else {
      return fail(ErrorKind::not_found, request.url + " does not exist");
    }
    response.wire_bytes = response.body.size();
    return response;
  }

  [[nodiscard]] int count(const std::string& fragment) const {
    return static_cast<int>(std::count_if(asked.begin(), asked.end(), [&](const std::string& url) {
      return url.find(fragment) != std::string::npos;
    }));
  }

private:
  [[nodiscard]] std::map<int, std::vector<int>> volumes_by_year() const {
    std::map<int, std::vector<int>> years;
    for (const auto& [year, held] : parts) {
      for (const auto& [volume, texts] : held) {
        years[year].push_back(volume);
      }
    }
    for (const auto& [year, held] : volumes) {
      for (const auto& [volume, text] : held) {
        if (std::find(years[year].begin(), years[year].end(), volume) == years[year].end()) {
          years[year].push_back(volume);
        }
      }
    }
    return years;
  }

  [[nodiscard]] std::optional<std::string> answer(const std::string& url) const {
    const auto years = volumes_by_year();
    if (url == fetch::govinfo_cfr_years_url()) {
      std::string files;
      for (const auto& [year, held] : years) {
        files += files.empty() ? "" : ",";
        files += R"({"name":")" + std::to_string(year) +
                 R"(","folder":true,"link":"https://www.govinfo.gov/bulkdata/json/CFR/)" +
                 std::to_string(year) + R"("})";
      }
      return "{\"files\":[" + files + "]}";
    }
    for (const auto& [year, held] : years) {
      if (url == fetch::govinfo_cfr_volumes_url(year, title)) {
        return listing(year, held);
      }
    }
    return text(url);
  }

  [[nodiscard]] std::string listing(int year, const std::vector<int>& held) const {
    std::string files;
    for (const int volume : held) {
      files += files.empty() ? "" : ",";
      files += R"({"name":"CFR-)" + std::to_string(year) + "-title" + std::to_string(title) +
               "-vol" + std::to_string(volume) + R"(.xml","folder":false,"size":1})";
    }
    return "{\"files\":[" + files + "]}";
  }

  [[nodiscard]] std::optional<std::string> text(const std::string& url) const {
    for (const auto& [year, held] : parts) {
      for (const auto& [volume, texts] : held) {
        for (const auto& [part, xml] : texts) {
          if (url == fetch::govinfo_cfr_part_url({year, title, volume}, part)) {
            return xml;
          }
        }
      }
    }
    for (const auto& [year, held] : volumes) {
      for (const auto& [volume, xml] : held) {
        if (url == fetch::govinfo_cfr_volume_url({year, title, volume})) {
          return xml;
        }
      }
    }
    return std::nullopt;
  }
};

} // namespace regtrail::testing
