/// The bar whose return bears a cost of changing the position, where returns are looked at one by one.
///
/// The account pays on the same bar either way, so sums, growth and drawdown do not depend on it; squares, losses and wins
/// do.
public enum CostBar: Sendable {
  /// The bar that follows the change, held or not: every bar is an observation.
  case following
  /// A bar that the position is held through, the first one for entering and the last one for leaving: only bars in the
  /// market are observations.
  case held
}
