// The AMDPAR elements of a Federal Register file, as a reader of documents hands them over.
#pragma once

#include "federal_register/instruction.hpp"

#include <string>
#include <vector>

struct Amdpar {
  std::string document; ///< file name, with the count of the document in an issue
  std::string title;    ///< of its REGTEXT, else of the document's heading
  std::string part;
  std::string text;
  std::vector<std::string> following;
  bool new_document = false;
  bool new_block = false; ///< first of its REGTEXT
};

/// In document order. Throws std::runtime_error when the file cannot be read.
std::vector<Amdpar> amdpars_of(const std::string& path);

/// All of them read, contexts carried as a reader of documents carries them.
std::vector<regtrail::Instruction> read_all(const std::vector<Amdpar>& amdpars);

/// The operations on one line: "revise [15 CFR 744.11(a)]+intro; add [ECCN 3B993]".
std::string compact(const regtrail::Instruction& instruction);

/// "replace words [15 CFR 744.11(a) own text] {old|new} (note)", one operation a line.
std::string shown(const regtrail::Instruction& instruction);

/// Files of fr/rules and fr/issues, or of one of them; empty when there is no corpus.
std::vector<std::string> register_files(const std::string& folder);

std::string corpus_root();
