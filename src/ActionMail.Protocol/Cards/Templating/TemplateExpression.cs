using System.Collections.Immutable;
using System.Text;

namespace ActionMail.Protocol.Cards.Templating;

/// <summary>
/// An expression that was read. Operators are calls of functions that are named as the operator is. <see cref="object.ToString"/> writes it as
/// Microsoft's library does, for that is what stands in a card where it could not be evaluated.
/// </summary>
internal abstract record TemplateExpression(int Height)
{
    /// <summary>The value. Recursion is as deep as the expression, which was bounded when it was read.</summary>
    public TemplateValue Evaluate(ExpressionScope scope) =>
        scope.Budget.Spend() ? ValueIn(scope) : new TemplateValue.Fault("the template asks for too much work");

    protected abstract TemplateValue ValueIn(ExpressionScope scope);

    public sealed record Constant(TemplateValue Value) : TemplateExpression(1)
    {
        protected override TemplateValue ValueIn(ExpressionScope scope) => Value;

        public override string ToString() => Value switch
        {
            TemplateValue.Text(var text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'",
            TemplateValue.Nothing => "null",
            TemplateValue.Absent => "undefined",
            _ => ValueText.Of(Value),
        };
    }

    /// <summary>A name: a loop's variable, one of <c>$data $root $index $host</c>, or a member of the data.</summary>
    public sealed record Name(string Identifier) : TemplateExpression(1)
    {
        protected override TemplateValue ValueIn(ExpressionScope scope) => ExpressionPath.Evaluate(this, scope);

        public override string ToString() => Identifier;
    }

    /// <summary><c>target.member</c></summary>
    public sealed record Member(TemplateExpression Target, string Identifier) : TemplateExpression(Target.Height + 1)
    {
        protected override TemplateValue ValueIn(ExpressionScope scope) => ExpressionPath.Evaluate(this, scope);

        public override string ToString() => $"{Target}.{Identifier}";
    }

    /// <summary><c>target[index]</c></summary>
    public sealed record Element(TemplateExpression Target, TemplateExpression Index) : TemplateExpression(Math.Max(Target.Height, Index.Height) + 1)
    {
        protected override TemplateValue ValueIn(ExpressionScope scope)
        {
            var target = Target.Evaluate(scope);
            return target is TemplateValue.Fault ? target : ExpressionPath.Element(target, Index.Evaluate(scope.InCondition), Index);
        }

        public override string ToString() => $"{Target}[{Index}]";
    }

    /// <summary>A function or an operator. One that is not there is a fault when it is evaluated, not before.</summary>
    public sealed record Call(string Function, TemplateFunction? Known, ImmutableArray<TemplateExpression> Arguments)
        : TemplateExpression(Arguments.Select(argument => argument.Height).DefaultIfEmpty().Max() + 1)
    {
        protected override TemplateValue ValueIn(ExpressionScope scope) =>
            Known is null ? new TemplateValue.Fault($"there is no function '{Function}'") : Known.Apply(Arguments, scope);

        public override string ToString()
        {
            var name = Known?.Written ?? Function;
            var isInfix = !char.IsAsciiLetter(name[0]) && Arguments.Length >= 2;
            return new StringBuilder(isInfix ? "" : name).Append('(').AppendJoin(isInfix ? $" {name} " : ", ", Arguments).Append(')').ToString();
        }
    }
}
