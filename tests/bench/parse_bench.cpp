// A part into the normalised tree and an issue into documents, beside what libxml2 and pugixml need
// to load the same bytes.
#include "parse/ecfr_xml.hpp"
#include "parse/fr_xml.hpp"
#include "tests/bench/bench_input.hpp"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <pugixml.hpp>

#include <algorithm>
#include <benchmark/benchmark.h>

namespace regtrail::bench {
namespace {

void count_bytes(benchmark::State& state, const std::string& text) {
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) *
                          static_cast<std::int64_t>(text.size()));
}

void regtrail_tree(benchmark::State& state, const std::string& text) {
  for (auto _ : state) {
    auto document = parse::parse_ecfr(text, {});
    if (!document) {
      state.SkipWithError(document.error().message.c_str());
      break;
    }
    benchmark::DoNotOptimize(document->units.data());
  }
  count_bytes(state, text);
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

using Reader = void (*)(benchmark::State&, const std::string&);

/// Time is that of the clock, CPU that of all threads: large documents are read on several.
void register_reader(const std::string& reader,
                     const std::string& input,
                     Reader read,
                     const std::string& text) {
  benchmark::RegisterBenchmark(("parse/" + reader + input).c_str(),
                               [read, &text](benchmark::State& state) { read(state, text); })
      ->MeasureProcessCPUTime()
      ->UseRealTime();
}

} // namespace

void register_parse_benchmarks() {
  const auto register_input = [](const std::string& name, Reader ours, const std::string& text) {
    const std::string input = "/" + input_name() + "/" + name;
    register_reader("regtrail", input, ours, text);
    register_reader("xmlReadMemory", input, libxml2_tree, text);
    register_reader("pugixml", input, pugixml_tree, text);
  };
  for (const std::string& part : parts_to_parse()) {
    std::string name = "part_" + part;
    std::replace(name.begin(), name.end(), ' ', '_');
    register_input(name, regtrail_tree, part_text(part));
  }
  register_input("issue", regtrail_documents, issue_text());
}

} // namespace regtrail::bench
