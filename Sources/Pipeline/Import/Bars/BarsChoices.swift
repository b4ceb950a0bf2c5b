/// What the user says of the bars in a file, and which of them are wanted.
struct BarsChoices: Sendable {
  /// Which columns hold what.
  var columns = ColumnChoices()
  /// Whose bars, of several instruments.
  var symbol: String?
  /// Whether prices are scaled to the adjusted close.
  var isAdjusted = false
  /// Whether the user says that there are no times.
  var numbersBars = false
  /// The first and the last time that is wanted.
  var from: TimeBound?
  var to: TimeBound?

  /// Everything as it is.
  init() {}

  /// What options say.
  ///
  /// - Throws: ``ConfigurationError``.
  init(_ options: DataOptions) throws(ConfigurationError) {
    if let columns = options.columns { self.columns = try ColumnChoices(columns) }
    symbol = options.symbol
    isAdjusted = options.adjusted
    if let from = options.from { self.from = try TimeBound(from, option: "from") }
    if let to = options.to { self.to = try TimeBound(to, option: "to") }
    if let from = self.from, let to = self.to, from.first > to.last {
      throw .outOfRange(option: "to", found: to.text, needed: "\(from.text) or later, as --from says")
    }
  }
}
