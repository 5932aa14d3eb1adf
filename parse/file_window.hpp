// A file read through a window, with a limit on its size.
#pragma once

#include "model/error.hpp"
#include "parse/ecfr/unit_cutter.hpp"

#include <cstddef>
#include <cstdio>
#include <memory>
#include <string>

namespace regtrail::parse {

class FileWindow {
public:
  static Result<FileWindow> open(const std::string& path, std::size_t max_bytes);

  /// Lives as long as this. It ends early where trouble() has something to say.
  [[nodiscard]] ByteWindow& window() { return m_state->window; }

  /// What ended the input before its time: the limit, or an error of the file system.
  [[nodiscard]] Result<void> trouble() const;

private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  struct State {
    std::string path;
    std::size_t max_bytes = 0;
    std::size_t total = 0;
    std::unique_ptr<std::FILE, Close> file;
    ByteWindow window{std::string_view()};
  };

  std::unique_ptr<State> m_state;
};

} // namespace regtrail::parse
