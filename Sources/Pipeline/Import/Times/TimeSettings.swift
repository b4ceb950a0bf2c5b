/// What the user says of a file's times.
struct TimeSettings: Sendable {
  /// How they are written; `nil` for what the file itself shows.
  let format: TimeFormat?
  /// The zones that times may name, and the one of those that name none.
  let zones: ZoneBook

  /// The format, if it says how numbers are times: neither the order of dates nor that there are none.
  var numberFormat: TimeFormat? {
    switch format {
    case nil, .order, .rows: nil
    case let format?: format
    }
  }

  /// Nothing.
  init() {
    format = nil
    zones = ZoneBook()
  }

  /// No format, and these zones.
  init(zones: ZoneBook) {
    format = nil
    self.zones = zones
  }

  /// What the options `--time-format` and `--time-zone` say.
  ///
  /// - Throws: ``ConfigurationError``.
  init(format: String?, zone: String?) throws(ConfigurationError) {
    self.format = if let format { try TimeFormat(format) } else { nil }
    zones = if let zone { try ZoneBook(home: zone) } else { ZoneBook() }
  }
}
