// Where the text of reports goes: standard error or the log file, by write(2).
//
// Thread safety: callers hold the report's lock, except for print.
#ifndef HEDDLE_REPORT_OUTPUT_H
#define HEDDLE_REPORT_OUTPUT_H

#include <string>

namespace heddle {

// Opens the log if there is one, and decides about colour.
void startOutput();
// Reports go to this file from now on; empty: to standard error.
void setLog(const std::string &Path);
void setLogFd(int Fd);
// The path of the log, empty for standard error.
const char *logPath();
void print(const std::string &Text);
void printPlainly(const char *Text, size_t Size);
// Prints a report; its title ("heddle: DATA RACE") stands out on a terminal.
void printReport(const std::string &Text);

} // namespace heddle
#endif
