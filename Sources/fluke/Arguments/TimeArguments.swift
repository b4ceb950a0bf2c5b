import ArgumentParser

/// How a file's times are to be read.
struct TimeArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How the file writes its times, where the file alone leaves it open: dmy, mdy, ymd, seconds, milliseconds, "
        + "microseconds, nanoseconds, excel, excel-1904, matlab, julian, modified-julian, days (since 1970), ordinal, "
        + "year, yyyymm, yyyyq, yyyy0q, yyyyww, rows (no times, so that bars are numbered), or a pattern such as %d/%m/%Y %H:%M.",
      valueName: "format"))
  var timeFormat: String?

  @Option(
    help: ArgumentHelp(
      "The zone of times that name none, such as America/New_York or +01:00 (default: UTC).",
      valueName: "zone"))
  var timeZone: String?
}
