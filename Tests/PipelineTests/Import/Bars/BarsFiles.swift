/// The same three bars as many sources write them: 2024-01-02 to 2024-01-04.
struct BarsFile: Sendable {
  let name: String
  let text: String
  /// Whether the days are those; some formats leave them open.
  var hasDays = true
  /// Whether the volumes are there.
  var hasVolume = true
  /// What the reader has to tell, as parts of its notes.
  var notes: [String] = []
  /// What is asked for with `--columns` and `--symbol`.
  var columns: String?
  var symbol: String?
}

enum BarsFiles {
  static let files: [BarsFile] =
    headers + languages + severalRows + headless + numbers + prefaces + chosen + blanks

  /// Headers of other languages, in the order in which such sources have them.
  static let languages: [BarsFile] = [
    BarsFile(
      name: "German, decimal commas",
      text: """
        Datum;Eröffnung;Hoch;Tief;Schluss;Volumen
        04.01.2024;104,00;106,00;102,50;103,50;1500
        03.01.2024;102,00;105,00;101,00;104,00;2000
        02.01.2024;100,00;103,00;99,00;102,00;1000
        """, hasDays: false),
    BarsFile(
      name: "Spanish",
      text: """
        Fecha,Último,Apertura,Máximo,Mínimo,Vol.,% var.
        2024-01-02,102,100,103,99,1K,0
        2024-01-03,104,102,105,101,2K,0
        2024-01-04,103.5,104,106,102.5,1.5K,0
        """),
    BarsFile(
      name: "French, with its marks as characters",
      text: """
        Date;Dernier;Ouv.;Plus Haut;Plus Bas;Vol.
        2024-01-02;102;100;103;99;1000
        2024-01-03;104;102;105;101;2000
        2024-01-04;103.5;104;106;102.5;1500
        """),
    BarsFile(
      name: "Italian",
      text: """
        Data,Apertura,Massimo,Minimo,Chiusura,Volumi
        2024-01-02,100,103,99,102,1000
        2024-01-03,102,105,101,104,2000
        2024-01-04,104,106,102.5,103.5,1500
        """),
    BarsFile(
      name: "Portuguese",
      text: """
        Data,Abertura,Ma\u{301}xima,Mi\u{301}nima,Fechamento,Quantidade
        2024-01-02,100,103,99,102,1000
        2024-01-03,102,105,101,104,2000
        2024-01-04,104,106,102.5,103.5,1500
        """),
    BarsFile(
      name: "Dutch",
      text: """
        Datum,Openingskoers,Hoogste,Laagste,Slotkoers,Omzet
        2024-01-02,100,103,99,102,1000
        2024-01-03,102,105,101,104,2000
        2024-01-04,104,106,102.5,103.5,1500
        """),
    BarsFile(
      name: "Russian",
      text: """
        Дата;Время;Откр.;Макс.;Мин.;Закр.;Объём
        2024-01-02;00:00;100;103;99;102;1000
        2024-01-03;00:00;102;105;101;104;2000
        2024-01-04;00:00;104;106;102.5;103.5;1500
        """),
    BarsFile(
      name: "Chinese",
      text: """
        日期,股票代码,开盘,收盘,最高,最低,成交量,成交额
        2024-01-02,600000,100,102,103,99,1000,1
        2024-01-03,600000,102,104,105,101,2000,1
        2024-01-04,600000,104,103.5,106,102.5,1500,1
        """),
    BarsFile(
      name: "Japanese",
      text: """
        日付,始値,高値,安値,終値,出来高,調整後終値
        2024年1月2日,100,103,99,102,1000,51
        2024年1月3日,102,105,101,104,2000,52
        2024年1月4日,104,106,102.5,103.5,1500,51.75
        """, notes: ["終値; 調整後終値 is there and was not used (--adjusted)"]),
    BarsFile(
      name: "a name of days that nobody knows",
      text: """
        Qachon,Open,High,Low,Close,Volume
        2024-01-02,100,103,99,102,1000
        2024-01-03,102,105,101,104,2000
        2024-01-04,104,106,102.5,103.5,1500
        """),
  ]

  static let headers: [BarsFile] = [
    BarsFile(
      name: "yfinance before 2024",
      text: """
        Date,Open,High,Low,Close,Adj Close,Volume
        2024-01-02,100,103,99,102,51,1000
        2024-01-03,102,105,101,104,52,2000
        2024-01-04,104,106,102.5,103.5,51.75,1500
        """, notes: ["Close; Adj Close is there and was not used (--adjusted)"]),
    BarsFile(
      name: "MetaTrader 5",
      text: """
        <DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>
        2024.01.02\t00:00:00\t100\t103\t99\t102\t1000\t0\t3
        2024.01.03\t00:00:00\t102\t105\t101\t104\t2000\t0\t3
        2024.01.04\t00:00:00\t104\t106\t102.5\t103.5\t1500\t0\t3
        """),
    BarsFile(
      name: "Stooq",
      text: """
        <TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>
        AAPL.US,D,20240102,000000,100,103,99,102,1000,0
        AAPL.US,D,20240103,000000,102,105,101,104,2000,0
        AAPL.US,D,20240104,000000,104,106,102.5,103.5,1500,0
        """),
    BarsFile(
      name: "Nasdaq",
      text: """
        Date,Close/Last,Volume,Open,High,Low
        01/17/2024,$103.50,1500,$104.00,$106.00,$102.50
        01/16/2024,$104.00,2000,$102.00,$105.00,$101.00
        01/12/2024,$102.00,1000,$100.00,$103.00,$99.00
        """, hasDays: false),
    BarsFile(
      name: "Alpha Vantage",
      text: """
        date,1. open,2. high,3. low,4. close,5. volume
        2024-01-02,100.0,103.0,99.0,102.0,1000
        2024-01-03,102.0,105.0,101.0,104.0,2000
        2024-01-04,104.0,106.0,102.5,103.5,1500
        """),
    BarsFile(
      name: "Alpha Vantage of coins",
      text: """
        timestamp,1a. open (USD),2a. high (USD),3a. low (USD),4a. close (USD),5. volume,6. market cap (USD)
        2024-01-04,104,106,102.5,103.5,1500,1
        2024-01-03,102,105,101,104,2000,1
        2024-01-02,100,103,99,102,1000,1
        """),
    BarsFile(
      name: "Alpaca",
      text: """
        symbol,timestamp,open,high,low,close,volume,trade_count,vwap
        AAPL,2024-01-02 00:00:00+00:00,100,103,99,102,1000,10,101
        AAPL,2024-01-03 00:00:00+00:00,102,105,101,104,2000,10,101
        AAPL,2024-01-04 00:00:00+00:00,104,106,102.5,103.5,1500,10,101
        """),
    BarsFile(
      name: "Polygon",
      text: """
        v,vw,o,c,h,l,t,n
        1000,101,100,102,103,99,1704153600000,10
        2000,103,102,104,105,101,1704240000000,10
        1500,104,104,103.5,106,102.5,1704326400000,10
        """),
    BarsFile(
      name: "Polygon's flat files",
      text: """
        ticker,volume,open,close,high,low,window_start,transactions
        AAPL,1000,100,102,103,99,1704153600000000000,10
        AAPL,2000,102,104,105,101,1704240000000000000,10
        AAPL,1500,104,103.5,106,102.5,1704326400000000000,10
        """),
    BarsFile(
      name: "tushare",
      text: """
        ts_code,trade_date,open,high,low,close,pre_close,change,pct_chg,vol,amount
        000001.SZ,20240104,104,106,102.5,103.5,104,-0.5,-0.48,1500.0,1
        000001.SZ,20240103,102,105,101,104,102,2,1.9,2000.0,1
        000001.SZ,20240102,100,103,99,102,100,2,2,1000.0,1
        """),
    BarsFile(
      name: "Dukascopy",
      text: """
        Gmt time,Open,High,Low,Close,Volume
        02.01.2024 00:00:00.000,100,103,99,102,1000
        03.01.2024 00:00:00.000,102,105,101,104,2000
        04.01.2024 00:00:00.000,104,106,102.5,103.5,1500
        """),
    BarsFile(
      name: "Interactive Brokers",
      text: """
        ,date,open,high,low,close,volume,average,barCount
        0,2024-01-02,100,103,99,102,-1.0,-1.0,-1
        1,2024-01-03,102,105,101,104,-1.0,-1.0,-1
        2,2024-01-04,104,106,102.5,103.5,-1.0,-1.0,-1
        """, hasVolume: false, notes: ["unknown in 3 of 3 bars"]),
    BarsFile(
      name: "FXCM",
      text: """
        DateTime,BidOpen,BidHigh,BidLow,BidClose,AskOpen,AskHigh,AskLow,AskClose,TickQty
        2024-01-02 00:00:00,100,103,99,102,100.1,103.1,99.1,102.1,1000
        2024-01-03 00:00:00,102,105,101,104,102.1,105.1,101.1,104.1,2000
        2024-01-04 00:00:00,104,106,102.5,103.5,104.1,106.1,102.6,103.6,1500
        """, notes: ["prices of ask are there and were not used"]),
    BarsFile(
      name: "Investing",
      text: """
        "Date","Price","Open","High","Low","Vol.","Change %"
        "01/16/2024","103.50","104.00","106.00","102.50","1.50K","-0.48%"
        "01/15/2024","104.00","102.00","105.00","101.00","2.00K","1.96%"
        "01/02/2024","102.00","100.00","103.00","99.00","1.00K","2.00%"
        """, hasDays: false),
    BarsFile(
      name: "Quandl",
      text: """
        Date,Open,High,Low,Last,Change,Settle,Volume,Previous Day Open Interest
        2024-01-02,100,103,99,101,1,102,1000,5
        2024-01-03,102,105,101,103,1,104,2000,5
        2024-01-04,104,106,102.5,103,1,103.5,1500,5
        """),
    BarsFile(
      name: "CryptoDataDownload",
      text: """
        https://www.CryptoDataDownload.com
        unix,date,symbol,open,high,low,close,Volume BTC,Volume USD
        1704326400,2024-01-04 00:00:00,BTC/USD,104,106,102.5,103.5,1500,9
        1704240000,2024-01-03 00:00:00,BTC/USD,102,105,101,104,2000,9
        1704153600,2024-01-02 00:00:00,BTC/USD,100,103,99,102,1000,9
        """, notes: ["1 line before the table, the first \"https://www.CryptoDataDownload.com\""]),
    BarsFile(
      name: "quantmod",
      text: """
        "Index","SPY.Open","SPY.High","SPY.Low","SPY.Close","SPY.Volume","SPY.Adjusted"
        2024-01-02,100,103,99,102,1000,51
        2024-01-03,102,105,101,104,2000,52
        2024-01-04,104,106,102.5,103.5,1500,51.75
        """, columns: "date=Index"),
    BarsFile(
      name: "names of rows without a name",
      text: """
        "Date","Open","High","Low","Close","Volume"
        "1",2024-01-02,100,103,99,102,1000
        "2",2024-01-03,102,105,101,104,2000
        "3",2024-01-04,104,106,102.5,103.5,1500
        """),
    BarsFile(
      name: "date and time under one name",
      text: """
        Date,Open,High,Low,Close,Volume
        2024.01.02,00:00,100,103,99,102,1000
        2024.01.03,00:00,102,105,101,104,2000
        2024.01.04,00:00,104,106,102.5,103.5,1500
        """),
    BarsFile(
      name: "separators at the ends of rows",
      text: """
        Date,Open,High,Low,Close,Volume
        2024-01-02,100,103,99,102,1000,
        2024-01-03,102,105,101,104,2000,
        2024-01-04,104,106,102.5,103.5,1500,
        """),
    BarsFile(
      name: "a time of day called timestamp",
      text: """
        Date,Timestamp,Open,High,Low,Close,Volume
        20240102,00:00:00,100,103,99,102,1000
        20240103,00:00:00,102,105,101,104,2000
        20240104,00:00:00,104,106,102.5,103.5,1500
        """),
  ]

  static let severalRows: [BarsFile] = [
    BarsFile(
      name: "yfinance since 2024",
      text: """
        Price,Close,High,Low,Open,Volume
        Ticker,XYZ,XYZ,XYZ,XYZ,XYZ
        Date,,,,,
        2024-01-02,102,103,99,100,1000
        2024-01-03,104,105,101,102,2000
        2024-01-04,103.5,106,102.5,104,1500
        """),
    BarsFile(
      name: "yfinance of two tickers",
      text: """
        Price,Close,Close,High,High,Low,Low,Open,Open,Volume,Volume
        Ticker,ABC,XYZ,ABC,XYZ,ABC,XYZ,ABC,XYZ,ABC,XYZ
        Date,,,,,,,,,,
        2024-01-02,1,102,1,103,1,99,1,100,1,1000
        2024-01-03,1,104,1,105,1,101,1,102,1,2000
        2024-01-04,1,103.5,1,106,1,102.5,1,104,1,1500
        """, symbol: "XYZ"),
    BarsFile(
      name: "yfinance by ticker",
      text: """
        Ticker,XYZ,XYZ,XYZ,XYZ,XYZ
        Price,Open,High,Low,Close,Volume
        Date,,,,,
        2024-01-02,100,103,99,102,1000
        2024-01-03,102,105,101,104,2000
        2024-01-04,104,106,102.5,103.5,1500
        """),
    BarsFile(
      name: "several columns of each instrument",
      text: """
        Date,Open_A,High_A,Low_A,Close_A,Volume_A,Open_B,High_B,Low_B,Close_B,Volume_B
        2024-01-02,100,103,99,102,1000,1,1,1,1,1
        2024-01-03,102,105,101,104,2000,1,1,1,1,1
        2024-01-04,104,106,102.5,103.5,1500,1,1,1,1,1
        """, symbol: "A"),
  ]

  static let headless: [BarsFile] = [
    BarsFile(
      name: "MetaTrader 4",
      text: """
        2024.01.02,00:00,100,103,99,102,1000
        2024.01.03,00:00,102,105,101,104,2000
        2024.01.04,00:00,104,106,102.5,103.5,1500
        """, notes: ["no header; the values tell a time and open, high, low and close from column 1 on"]),
    BarsFile(
      name: "HistData",
      text: """
        20240102 000000;100;103;99;102;1000
        20240103 000000;102;105;101;104;2000
        20240104 000000;104;106;102.5;103.5;1500
        """),
    BarsFile(
      name: "Kraken",
      text: """
        1704153600,100,103,99,102,1000,5
        1704240000,102,105,101,104,2000,5
        1704326400,104,106,102.5,103.5,1500,5
        """),
    BarsFile(
      name: "Binance",
      text: """
        1704153600000,100,103,99,102,1000,1704239999999,1,2,3,4,0
        1704240000000,102,105,101,104,2000,1704326399999,1,2,3,4,0
        1704326400000,104,106,102.5,103.5,1500,1704412799999,1,2,3,4,0
        """),
    BarsFile(
      name: "Stooq without a header",
      text: """
        AAPL.US,D,20240102,000000,100,103,99,102,1000,0
        AAPL.US,D,20240103,000000,102,105,101,104,2000,0
        AAPL.US,D,20240104,000000,104,106,102.5,103.5,1500,0
        """),
    BarsFile(
      name: "days of a spreadsheet",
      text:
        "45293\t100\t103\t99\t102\t1000\n45294\t102\t105\t101\t104\t2000\n45295\t104\t106\t102.5\t103.5\t1500\n"
    ),
    BarsFile(
      name: "spaces",
      text: """
        2024.01.02 00:00 100 103 99 102 1000
        2024.01.03 00:00 102 105 101 104 2000
        2024.01.04 00:00 104 106 102.5 103.5 1500
        """),
  ]

  static let numbers: [BarsFile] = [
    BarsFile(
      name: "decimal commas",
      text: """
        Datum;Eröffnung;Hoch;Tief;Schlusskurs;Volumen
        02.01.2024;100,00;103,00;99,00;102,00;1.000
        03.01.2024;102,00;105,00;101,00;104,00;2.000
        04.01.2024;104,00;106,00;102,50;103,50;1.500
        """, notes: ["the comma is the decimal mark"]),
    BarsFile(
      name: "decimal commas in quotes",
      text: """
        "Datum","Zuletzt","Eröffn.","Hoch","Tief","Vol."
        "04.01.2024","103,50","104,00","106,00","102,50","1,50K"
        "03.01.2024","104,00","102,00","105,00","101,00","2,00K"
        "02.01.2024","102,00","100,00","103,00","99,00","1,00K"
        """, notes: ["the comma is the decimal mark"]),
    BarsFile(
      name: "decimal commas without a header",
      text: """
        02.01.2024 00:00;100,00;103,00;99,00;102,00;1000
        03.01.2024 00:00;102,00;105,00;101,00;104,00;2000
        04.01.2024 00:00;104,00;106,00;102,50;103,50;1500
        """),
    BarsFile(
      name: "thousands",
      text: """
        Date;Open;High;Low;Close;Volume
        2024-01-02;€ 100.00;103.00 €;99.00;102.00;1,000
        2024-01-03;102.00;105.00;101.00;104.00;2,000
        2024-01-04;104.00;106.00;102.50;103.50;"1'500"
        """),
  ]

  static let prefaces: [BarsFile] = [
    BarsFile(
      name: "comments",
      text: """
        # from somewhere, on some day
        #
        timestamp,open,high,low,close,volume
        2024-01-02,100,103,99,102,1000
        # a remark
        2024-01-03,102,105,101,104,2000
        2024-01-04,104,106,102.5,103.5,1500
        """),
    BarsFile(
      name: "a header behind a number sign",
      text: """
        # timestamp,open,high,low,close,volume
        2024-01-02,100,103,99,102,1000
        2024-01-03,102,105,101,104,2000
        2024-01-04,104,106,102.5,103.5,1500
        """),
    BarsFile(
      name: "a title, with a quote that is no field",
      text: """
        "Prices" of XYZ; daily

        Date\tOpen\tHigh\tLow\tClose\tVolume
        2024-01-02\t100\t103\t99\t102\t1000
        2024-01-03\t102\t105\t101\t104\t2000
        2024-01-04\t104\t106\t102.5\t103.5\t1500
        """, notes: ["1 line before the table"]),
    BarsFile(
      name: "a separator that is named",
      text: """
        sep=|
        Date|Open|High|Low|Close|Volume
        2024-01-02|100|103|99|102|1000
        2024-01-03|102|105|101|104|2000
        2024-01-04|104|106|102.5|103.5|1500
        """),
  ]

  static let chosen: [BarsFile] = [
    BarsFile(
      name: "columns by number",
      text: """
        a,b,c,d,e,f
        100,103,99,102,1000,2024-01-02
        102,105,101,104,2000,2024-01-03
        104,106,102.5,103.5,1500,2024-01-04
        """, columns: "time=6,open=1,high=2,low=3,close=4,volume=5"),
    BarsFile(
      name: "columns by name",
      text: """
        Zeit,Anfang,Oben,Unten,Ende,Stück
        2024-01-02,100,103,99,102,1000
        2024-01-03,102,105,101,104,2000
        2024-01-04,104,106,102.5,103.5,1500
        """, columns: "time=Zeit, open=anfang, high=Oben, low=Unten, close=Ende, volume=Stück"),
    BarsFile(
      name: "columns in order",
      text: """
        2024-01-02,102,100,103,99,1000
        2024-01-03,104,102,105,101,2000
        2024-01-04,103.5,104,106,102.5,1500
        """, columns: "time,close,open,high,low,volume"),
    BarsFile(
      name: "a symbol among several",
      text: """
        date,ticker,open,high,low,close,volume
        2024-01-02,A,100,103,99,102,1000
        2024-01-02,B,1,1,1,1,1
        2024-01-03,A,102,105,101,104,2000
        2024-01-03,B,1,1,1,1,1
        2024-01-04,A,104,106,102.5,103.5,1500
        """, symbol: "A"),
  ]

  /// Columns that are apart by runs of blanks.
  static let blanks: [BarsFile] = [
    BarsFile(
      name: "two blanks between columns",
      text: """
        Date Open High Low Close Volume
        2024-01-02  100.0  103.0  99.0  102.0  1000
        2024-01-03  102.0  105.0  101.0  104.0  2000
        2024-01-04  104.0  106.0  102.5  103.5  1500
        """),
    BarsFile(
      name: "aligned, with single blanks in cells",
      text: """
        Trade date   Open   High    Low  Adj Close  Close  Volume
        2 Jan 2024  100.0  103.0   99.0       51.0  102.0    1000
        3 Jan 2024  102.0  105.0  101.0       52.0  104.0    2000
        4 Jan 2024  104.0  106.0  102.5       51.5  103.5    1500
        """),
    BarsFile(
      name: "a time of day behind one blank",
      text: """
        Date       Time     Open   High   Low   Close  Volume
        2024-01-02 00:00:00 100.0  103.0  99.0  102.0  1000
        2024-01-03 00:00:00 102.0  105.0  101.0 104.0  2000
        2024-01-04 00:00:00 104.0  106.0  102.5 103.5  1500
        """),
    BarsFile(
      name: "as pandas prints it, with names of rows",
      text: """
                     Open   High    Low  Close  Volume
        Date
        2024-01-02  100.0  103.0   99.0  102.0    1000
        2024-01-03  102.0  105.0  101.0  104.0    2000
        2024-01-04  104.0  106.0  102.5  103.5    1500
        """),
    BarsFile(
      name: "as pandas prints it, with numbers of rows and moments",
      text: """
                         Date   Open   High    Low  Close  Volume
        0 2024-01-02 00:00:00  100.0  103.0   99.0  102.0    1000
        1 2024-01-03 00:00:00  102.0  105.0  101.0  104.0    2000
        2 2024-01-04 00:00:00  104.0  106.0  102.5  103.5    1500
        """),
    BarsFile(
      name: "as pandas prints it, with moments for names of rows",
      text: """
                              Open   High    Low  Close  Volume
        2024-01-02 00:00:00  100.0  103.0   99.0  102.0    1000
        2024-01-03 00:00:00  102.0  105.0  101.0  104.0    2000
        2024-01-04 00:00:00  104.0  106.0  102.5  103.5    1500
        """),
    BarsFile(
      name: "single blanks and a cell that is empty",
      text: """
        Date Open High Low Close Note Volume
        2024-01-02 100.0 103.0 99.0 102.0  1000
        2024-01-03 102.0 105.0 101.0 104.0 x 2000
        2024-01-04 104.0 106.0 102.5 103.5  1500
        """),
  ]
}
