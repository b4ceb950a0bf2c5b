/// Which column of a file holds what, found by the names that people give.
struct MarketColumns {
  /// The name of a column in the file and its place, counted from 0.
  struct Column {
    let name: String
    let index: Int
  }

  let timestamp: Column
  /// The time of day, if `timestamp` gives the day alone.
  let time: Column?
  let close: Column
  /// Open, high and low; `nil` if the file has a price a bar only.
  let range: (open: Column, high: Column, low: Column)?
  let volume: Column?
  let count: Int

  static let needed =
    "timestamp (or date, time, dt, datetime, open time), open, high, low, close "
    + "(or close or price alone), and optionally volume"

  /// The columns of Binance's kline files, which have no header: open time, open, high, low, close, volume,
  /// close time, quote volume, trades, two taker volumes, unused.
  static let binance = MarketColumns(
    timestamp: Column(name: "open time", index: 0), time: nil, close: Column(name: "close", index: 4),
    range: (
      Column(name: "open", index: 1), Column(name: "high", index: 2), Column(name: "low", index: 3)
    ),
    volume: Column(name: "volume", index: 5), count: binanceCount)
  static let binanceCount = 12

  private static let timestampNames = ["timestamp", "datetime", "dt", "opentime", "gmttime", "unix"]

  /// Whether a column of this name alone holds times.
  static func isTimeName(_ name: String) -> Bool {
    (timestampNames + ["date", "time"]).contains(plain(name))
  }

  /// The name without what does not matter: case, spaces and punctuation.
  private static func plain(_ name: String) -> String {
    String(name.lowercased().unicodeScalars.filter { ("a"..."z").contains($0) || ("0"..."9").contains($0) })
  }

  /// The columns that a header names, or `nil` if it lacks one. Case, spaces and punctuation do not matter.
  init?(header: [String]) {
    let names = header.map { Self.plain($0) }
    func column(_ candidates: [String]) -> Column? {
      for candidate in candidates {
        if let index = names.firstIndex(of: candidate) { return Column(name: header[index], index: index) }
      }
      return nil
    }
    var timestamp = column(Self.timestampNames)
    var time: Column?
    if timestamp == nil {
      timestamp = column(["date"])
      time = timestamp == nil ? nil : column(["time"])
    }
    // Tables saved with their index have a first column without a name.
    timestamp =
      timestamp ?? column(["time"]) ?? (names.first == "" ? Column(name: "timestamp", index: 0) : nil)
    guard let timestamp, let close = column(["close", "price", "adjclose", "c"]) else { return nil }
    self.timestamp = timestamp
    self.time = time
    self.close = close
    let open = column(["open", "o"])
    let high = column(["high", "h"])
    let low = column(["low", "l"])
    if let open, let high, let low {
      range = (open, high, low)
    } else if open == nil, high == nil, low == nil {
      range = nil
    } else {
      return nil
    }
    // Some sources name the unit too: "Volume BTC".
    volume =
      column(["volume", "vol", "v"])
      ?? names.firstIndex { $0.hasPrefix("volume") }.map { Column(name: header[$0], index: $0) }
    count = header.count
  }

  private init(
    timestamp: Column, time: Column?, close: Column, range: (open: Column, high: Column, low: Column)?,
    volume: Column?, count: Int
  ) {
    self.timestamp = timestamp
    self.time = time
    self.close = close
    self.range = range
    self.volume = volume
    self.count = count
  }
}
