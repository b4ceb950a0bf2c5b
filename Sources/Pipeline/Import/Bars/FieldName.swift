/// The names that programs and vendors give to the columns of bars.
///
/// Compared as ``plain(_:)`` has them. Where a file has several of a kind, the first of the list is taken.
enum FieldName {
  /// Without what does not matter: case, spaces, punctuation, a number before (`1. open`), a unit in brackets behind
  /// (`Volume (BTC)`).
  static func plain(_ name: String) -> String {
    let text = letters(withoutNumber(name[...]).prefix { $0 != "(" })
    return text.isEmpty ? letters(name[...]) : text
  }

  private static func letters(_ name: Substring) -> String {
    String(name.lowercased().unicodeScalars.filter { ("a"..."z").contains($0) || ("0"..."9").contains($0) })
  }

  /// Without `1. ` or `4a. ` at the beginning.
  private static func withoutNumber(_ name: Substring) -> Substring {
    let rest = name.drop { ("0"..."9").contains($0) }
    if rest.count == name.count { return name }
    let point = rest.first.map { ("a"..."b").contains($0) } == true ? rest.dropFirst() : rest
    return point.first == "." ? point.dropFirst() : name
  }

  /// A time with its day.
  static let moments = [
    "timestamp", "datetime", "dt", "opentime", "gmttime", "localtime", "unix", "unixtime", "unixtimestamp",
    "timeopen", "timekey", "snappedat", "windowstart", "tsevent", "timeperiodstart", "starttime", "bartime",
    "begin", "eventtime", "mts", "t",
  ]
  /// A day, which another column may give the time of.
  static let days = [
    "date", "tradedate", "tradingdate", "tradingday", "dtyyyymmdd", "day", "observationdate", "exchangedate",
    "pricedate", "quotedate", "valuedate", "businessdate", "datadate", "caldt", "asofdate", "startdate",
    "datum",
    "fecha",
  ]
  /// A time of day, or a time.
  static let clocks = ["time", "timeofday", "clock", "hour", "zeit", "timestamp"]
  static let open = [
    "open", "o", "openprice", "openingprice", "opening", "pxopen", "firstprice", "openprc", "erffnung",
    "erffn",
    "ouverture", "apertura", "abertura",
  ]
  static let high = [
    "high", "h", "highprice", "hi", "max", "pxhigh", "highprc", "hoch", "haut", "plushaut", "mximo", "maximo",
  ]
  static let low = [
    "low", "l", "lowprice", "lo", "min", "pxlow", "lowprc", "tief", "bas", "plusbas", "mnimo", "minimo",
  ]
  static let close = [
    "close", "c", "closelast", "closeprice", "closingprice", "closing", "settle", "settlement",
    "settlementprice",
    "last", "lastprice", "pxlast", "price", "prc", "schluss", "schlusskurs", "schlu", "zuletzt", "clture",
    "dernier", "cierre", "ltimo", "ultimo", "fechamento", "nav", "rate", "value",
  ]
  static let adjustedClose = [
    "adjclose", "adjustedclose", "adjusted", "closeadj", "closeadjusted", "adjcloseprice",
    "adjustedcloseprice",
    "adjclosingprice", "adj",
  ]
  static let volume = [
    "volume", "vol", "v", "totalvolume", "basevolume", "tradevolume", "pxvolume", "tottrdqty",
    "totaltradedquantity", "totaltradequantity", "quantity", "qty", "volumen",
  ]
  /// How often the price moved, where a broker knows no volume.
  static let ticks = ["tickvol", "tickvolume", "tickqty", "ticks"]
  static let symbol = [
    "symbol", "ticker", "tic", "tscode", "stockcode", "code", "instrument", "instrumentname", "pair",
    "currencypair", "sym", "market", "asset", "security", "isin", "ric", "securitycode", "secid", "permno",
    "name",
    "stock", "coin",
  ]
  /// The sides of a quote, the first of which is taken.
  static let sides = ["mid", "bid", "ask"]

  /// Whether a column of this name holds times.
  static func isTime(_ name: String) -> Bool {
    let plain = plain(name)
    // One letter may be the name of anything.
    return plain.count > 1 && (moments.contains(plain) || days.contains(plain) || plain == "time")
  }
}
