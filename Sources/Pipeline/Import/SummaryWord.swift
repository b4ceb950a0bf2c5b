import Artifacts

/// What rows are called that sum up others, in the place of a time, a row's number or a return.
enum SummaryWord {
  private static let words: Set<String> = [
    "total", "totals", "grandtotal", "sum", "subtotal", "mean", "average", "avg", "median", "std", "stdev",
    "stddev", "standarddeviation", "volatility", "variance", "min", "minimum", "max", "maximum", "count",
    "sharpe", "sharperatio",
    "cagr", "ytd", "cumulative", "compounded", "summe", "gesamt", "insgesamt", "mittel", "mittelwert",
    "durchschnitt",
    "somme", "moyenne", "suma", "media", "promedio", "totale", "somma", "итого", "всего", "среднее", "合计",
    "总计",
    "合計", "平均",
  ]

  /// Whether a cell is one of them, or empty, as in a row that has sums and no name for them.
  static func isOne(_ cell: String) -> Bool {
    let text = ImportText.trimmed(cell)
    return text.isEmpty || words.contains(FieldName.plain(text))
  }
}
