/// The names that programs and vendors give to the columns of bars, in the languages of the larger exchanges.
///
/// Compared as ``plain(_:)`` has them. Where a file has several of a kind, the first of the list is taken.
enum FieldName {
  /// Without what does not matter: case, accents, spaces, punctuation, a number before (`1. open`), a unit in brackets
  /// behind (`Volume (BTC)`).
  static func plain(_ name: String) -> String {
    let text = letters(withoutNumber(name[...]).prefix { $0 != "(" && $0 != "（" })
    return text.isEmpty ? letters(name[...]) : text
  }

  private static func letters(_ name: Substring) -> String {
    var text = ""
    for scalar in name.lowercased().unicodeScalars {
      if let base = bases[scalar] {
        text += base
      } else if ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar)
        || scalar.value >= 0x0370 && scalar.properties.isAlphabetic
      {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// The letters of Europe without their marks. A mark that is written as a character of its own is no letter.
  private static let bases: [Unicode.Scalar: String] = {
    let letters = [
      "a": "àáâãäåāăą", "c": "çćč", "d": "ďđ", "e": "èéêëēėęě", "g": "ğ", "i": "ìíîïīįı", "l": "łľ",
      "n": "ñńň",
      "o": "òóôõöøōő", "r": "ř", "s": "śşšș", "t": "ťțţ", "u": "ùúûüūůű", "y": "ýÿ", "z": "źżž", "ss": "ß",
      "ae": "æ",
      "oe": "œ", "е": "ё",
    ]
    var bases: [Unicode.Scalar: String] = [:]
    for (base, marked) in letters { for scalar in marked.unicodeScalars { bases[scalar] = base } }
    return bases
  }()

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
    "begin", "eventtime", "mts", "t", "zeitstempel", "zeitpunkt", "datumzeit", "datumuhrzeit", "dateheure",
    "horodatage", "fechahora", "fechayhora", "dataora", "datahora", "датавремя", "датаивремя", "日期时间", "日期時間",
    "时间戳", "日時", "일시",
  ]
  /// A day, which another column may give the time of.
  static let days = [
    "date", "tradedate", "tradingdate", "tradingday", "dtyyyymmdd", "day", "observationdate", "exchangedate",
    "pricedate", "quotedate", "valuedate", "businessdate", "datadate", "caldt", "asofdate", "startdate",
    "datum", "handelstag", "handelsdatum", "fecha", "дата", "дататоргов", "日期", "交易日期", "交易日", "日付", "日付け",
    "年月日",
    "取引日", "날짜", "일자", "tarih",
  ]
  /// Words for a day that may name anything else in another language, so that they are times by their cells alone.
  static let vagueDays = ["data", "dia", "tag", "dag", "jour", "giorno", "pregao", "seance"]
  /// A time of day, or a time.
  static let clocks = [
    "time", "timeofday", "clock", "hour", "zeit", "uhrzeit", "stunde", "heure", "hora", "orario", "ora",
    "tijd", "uur",
    "godzina", "время", "час", "时间", "時間", "时刻", "時刻", "交易时间", "시간", "saat", "timestamp",
  ]
  static let open = [
    "open", "o", "openprice", "openingprice", "opening", "pxopen", "firstprice", "openprc", "eroffnung",
    "eroffnungskurs",
    "eroffn", "eroff", "eroeffnung", "eroeffnungskurs", "erffnung", "erffn", "erster", "ersterkurs", "anfang",
    "anfangskurs", "offen", "ouverture", "ouv", "coursouverture", "coursdouverture", "apertura",
    "prezzoapertura",
    "prezzodiapertura", "apri", "aperto", "precioapertura", "preciodeapertura", "abrir", "abertura",
    "precoabertura",
    "precodeabertura", "abert", "openingskoers", "openen", "otwarcie", "oppen", "acilis", "откр", "открытие",
    "ценаоткрытия", "первая", "开盘", "开盘价", "今开", "開盤", "開盤價", "開市", "始値", "始", "寄付", "시가",
  ]
  static let high = [
    "high", "h", "highprice", "hi", "max", "pxhigh", "highprc", "hoch", "hochst", "hochstkurs", "hochster",
    "tageshoch", "hoechst", "hoechstkurs", "haut", "plushaut", "coursplushaut", "eleve", "maximo", "maxima",
    "mximo",
    "alto", "preciomaximo", "precomaximo", "massimo", "prezzomassimo", "hoog", "hoogste", "hoogstekoers",
    "maks",
    "najwyzszy", "hogst", "yuksek", "макс", "максимум", "максимальная", "максцена", "最高", "最高价", "最高價", "高",
    "高値", "고가",
  ]
  static let low = [
    "low", "l", "lowprice", "lo", "min", "pxlow", "lowprc", "tief", "tiefst", "tiefstkurs", "tiefster",
    "tagestief",
    "niedrigst", "bas", "plusbas", "coursplusbas", "faible", "minimo", "minima", "mnimo", "bajo", "baixo",
    "basso",
    "preciominimo", "precominimo", "prezzominimo", "laag", "laagste", "laagstekoers", "najnizszy", "lagst",
    "dusuk",
    "мин", "минимум", "минимальная", "минцена", "最低", "最低价", "最低價", "低", "安値", "저가",
  ]
  static let close = [
    "close", "c", "closelast", "closeprice", "closingprice", "closing", "settle", "settlement",
    "settlementprice",
    "last", "lastprice", "pxlast", "price", "prc", "schluss", "schlusskurs", "schlu", "schlukurs", "zuletzt",
    "letzter",
    "letzterkurs", "cloture", "clot", "clture", "coursdecloture", "courscloture", "dernier", "derniercours",
    "cierre",
    "preciocierre", "preciodecierre", "cerrar", "chiusura", "prezzodichiusura", "prezzochiusura", "chiudi",
    "fechamento", "precodefechamento", "precofechamento", "fechar", "fech", "ultimo", "ltimo", "ultimoprezzo",
    "slotkoers", "slot", "sluiten", "laatste", "zamkniecie", "ostatnio", "senaste", "stangning", "simdi",
    "kapanis",
    "закр", "закрытие", "ценазакрытия", "последняя", "收盘", "收盘价", "收盤", "收盤價", "收市", "收市价", "最新价", "終値",
    "終", "종가", "kurs", "cours", "precio", "preco", "prezzo", "koers", "cena", "цена", "价格", "nav", "rate",
    "value",
  ]
  static let adjustedClose = [
    "adjclose", "adjustedclose", "adjusted", "closeadj", "closeadjusted", "adjcloseprice",
    "adjustedcloseprice",
    "adjclosingprice", "adj", "adjschluss", "adjschlusskurs", "bereinigterschlusskurs",
    "angepassterschlusskurs",
    "coursdeclotureajuste", "clotureajustee", "cierreajustado", "cierreaj", "chiusuraaggiustata",
    "chiusurarettificata",
    "fechamentoajustado", "fechamentoaj", "aangepasteslotkoers", "复权收盘价", "調整後終値", "修正後終値",
  ]
  static let volume = [
    "stucke", "stuecke", "stuck", "volume", "vol", "v", "totalvolume", "basevolume", "tradevolume",
    "pxvolume", "tottrdqty",
    "totaltradedquantity", "totaltradequantity", "quantity", "qty", "volumen", "volumes", "volumi",
    "umsatz", "quantite", "quantita", "quantidade", "cantidad", "omzet", "wol", "wolumen", "volym", "hac",
    "hacim",
    "объем", "обьем", "成交量", "交易量", "成交股数", "成交股數", "出来高", "売買高", "거래량",
  ]
  /// How often the price moved, where a broker knows no volume.
  static let ticks = ["tickvol", "tickvolume", "tickqty", "ticks"]
  static let symbol = [
    "symbol", "ticker", "tic", "tscode", "stockcode", "code", "instrument", "instrumentname", "pair",
    "currencypair", "sym", "market", "asset", "security", "isin", "ric", "securitycode", "secid", "permno",
    "name", "stock", "coin", "kurzel", "wkn", "codigo", "инструмент", "тикер", "代码", "股票代码", "证券代码", "コード",
    "종목코드",
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
