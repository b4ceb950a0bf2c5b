/// Technical indicators as pure functions from columns over bars to a column of the same length.
///
/// Every value at a bar uses that bar and the ones before it. Undefined is NaN: in the warm-up, in a column
/// that is shorter than it, and where a formula has no answer (a quotient of zeros). An undefined input makes
/// every window that holds it undefined; a recursive average starts anew after it. All run in time
/// proportional to the bars, whatever the period, except for `commodityChannelIndex`.
///
/// Where TA-Lib defines an indicator the values agree with it up to rounding, from the same first bar on;
/// where they do not, the function says so.
public enum Indicators {}
