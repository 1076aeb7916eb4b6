"""How dates are written where Django chooses the form."""
