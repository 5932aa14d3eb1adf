// A file of the law into the normalised tree and an issue into documents, beside what libxml2 and
// pugixml need to load the same bytes.
#include "parse/cfr_annual_xml.hpp"
#include "parse/ecfr_xml.hpp"
#include "parse/fr_xml.hpp"
#include "tests/bench/bench_input.hpp"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <pugixml.hpp>

#include <benchmark/benchmark.h>
#include <functional>

namespace regtrail::bench {
namespace {

void count_bytes(benchmark::State& state, const std::string& text) {
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) *
                          static_cast<std::int64_t>(text.size()));
}

void regtrail_tree(benchmark::State& state, const LawFile& file) {
  for (auto _ : state) {
    if (file.annual) {
      auto document = parse::parse_cfr_annual(file.text, {});
      benchmark::DoNotOptimize(document.value().content.units.data());
    } else {
      auto document = parse::parse_ecfr(file.text, {});
      benchmark::DoNotOptimize(document.value().units.data());
    }
  }
  count_bytes(state, file.text);
}

void regtrail_documents(benchmark::State& state, const std::string& text) {
  for (auto _ : state) {
    auto documents = parse::parse_fr_xml(text, {});
    if (!documents) {
      state.SkipWithError(documents.error().message.c_str());
      break;
    }
    benchmark::DoNotOptimize(documents->data());
  }
  count_bytes(state, text);
}

void libxml2_tree(benchmark::State& state, const std::string& text) {
  for (auto _ : state) {
    xmlDocPtr document = xmlReadMemory(text.data(),
                                       static_cast<int>(text.size()),
                                       "part.xml",
                                       nullptr,
                                       XML_PARSE_NONET | XML_PARSE_NOERROR);
    benchmark::DoNotOptimize(document);
    xmlFreeDoc(document);
  }
  count_bytes(state, text);
}

void pugixml_tree(benchmark::State& state, const std::string& text) {
  for (auto _ : state) {
    pugi::xml_document document;
    const auto result = document.load_buffer(text.data(), text.size(), pugi::parse_full);
    benchmark::DoNotOptimize(result.status);
  }
  count_bytes(state, text);
}

void register_reader(const std::string& reader,
                     const std::string& input,
                     const std::function<void(benchmark::State&)>& read) {
  benchmark::RegisterBenchmark(("parse/" + reader + "/" + input_name() + "/" + input).c_str(), read)
      ->MeasureProcessCPUTime()
      ->UseRealTime();
}

void register_peers(const std::string& input, const std::string& text) {
  register_reader("xmlReadMemory", input, [&text](auto& state) { libxml2_tree(state, text); });
  register_reader("pugixml", input, [&text](auto& state) { pugixml_tree(state, text); });
}

} // namespace

void register_parse_benchmarks() {
  for (const LawFile& file : law_files()) {
    register_reader("regtrail", file.name, [&file](auto& state) { regtrail_tree(state, file); });
    register_peers(file.name, file.text);
  }
  register_reader(
      "regtrail", "issue", [](auto& state) { regtrail_documents(state, issue_text()); });
  register_peers("issue", issue_text());
}

} // namespace regtrail::bench
