using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ActionMail.Protocol.Cards.Templating;

/// <summary>
/// One expansion: goes through the template and writes the card as it goes, so that what was written is all that is held. In an array a list
/// becomes its items, and null and what is not there become nothing.
/// </summary>
internal sealed class TemplateExpander(TemplateLimits limits, DateTimeOffset now)
{
    private const int MaxRemarks = 100;
    private const string TooLargeRemedy = "Repeat less: take(list, 20) shortens a list.";

    private readonly ArrayBufferWriter<byte> _card = new();
    private readonly ImmutableArray<TemplateRemark>.Builder _remarks = ImmutableArray.CreateBuilder<TemplateRemark>();
    private Utf8JsonWriter _writer = null!;
    private JsonNode _place;
    private int _values;
    private TemplateExpansion.Failed? _failure;

    public TemplateExpansion Expand(TemplateNode template, TemplateValue root, TemplateValue host)
    {
        using (_writer = new(_card, ValueText.Writing))
        {
            var scope = new ExpressionScope(root, host, now, new(limits.MaxWork)) { Data = root, OnMissing = path => Remark($"the data have no {path}") };
            WriteAlone(template, scope);
        }
        if (_failure is null && _card.WrittenCount == 0)
            Fail("the template gives nothing", "Bind it to a value that the data have.");
        return _failure ?? (TemplateExpansion)new TemplateExpansion.Expanded(Encoding.UTF8.GetString(_card.WrittenSpan), _remarks.ToImmutable());
    }

    // What stands where one value stands: the whole, or a member, whose name waits until there is something to be written.
    private void WriteAlone(TemplateNode node, ExpressionScope scope, string? name = null)
    {
        switch (node)
        {
            case TemplateNode.Literal(var source):
                Begin(name);
                WriteLiteral(source);
                break;
            case TemplateNode.Text(var source, var text):
                Write(ValueOf(source, text, scope), name);
                break;
            case TemplateNode.Items(_, var inner):
                Begin(name);
                Open(isArray: true);
                foreach (var item in inner)
                    WriteAmongItems(item, scope);
                Close(isArray: true);
                break;
            case TemplateNode.Members members:
                WriteRepeated(members, scope, name);
                break;
            default: throw new UnreachableException();
        }
    }

    private void WriteAmongItems(TemplateNode node, ExpressionScope scope)
    {
        switch (node)
        {
            case TemplateNode.Text(var source, var text):
                var value = ValueOf(source, text, scope);
                foreach (var item in value is TemplateValue.List(var items) ? items : [value])
                    Write(item.IsNothing ? TemplateValue.Missing : item, null);
                break;
            case TemplateNode.Items(_, var inner):
                foreach (var item in inner)
                    WriteAmongItems(item, scope);
                break;
            case TemplateNode.Members members:
                foreach (var repetition in Repetitions(members, scope))
                    WriteMembers(members, repetition);
                break;
            case TemplateNode.Literal(var source) when source.Kind == JsonValueKind.Null: break;
            default: WriteAlone(node, scope); break;
        }
    }

    // Repeated not at all it is null, once it is itself, more often it is an array.
    private void WriteRepeated(TemplateNode.Members members, ExpressionScope scope, string? name)
    {
        // Whether there is a second one must be known before the first is written.
        using var repetitions = Repetitions(members, scope).GetEnumerator();
        if (!repetitions.MoveNext())
        {
            Write(TemplateValue.Null, name);
            return;
        }
        var first = repetitions.Current;
        var isMany = repetitions.MoveNext();
        Begin(name);
        if (isMany)
            Open(isArray: true);
        WriteMembers(members, first);
        if (!isMany)
            return;
        do
            WriteMembers(members, repetitions.Current);
        while (repetitions.MoveNext());
        Close(isArray: true);
    }

    private void WriteMembers(TemplateNode.Members members, ExpressionScope scope)
    {
        Open(isArray: false);
        foreach (var member in members.Inner)
        {
            if (_failure is not null)
                break;
            WriteAlone(member, scope, member.Source.Name);
        }
        Close(isArray: false);
    }

    // One scope for each time that an object is written.
    private IEnumerable<ExpressionScope> Repetitions(TemplateNode.Members members, ExpressionScope scope)
    {
        _place = members.Source;
        if (members.Data is not { } data)
            return Holds(members.When, scope) ? [scope] : [];
        var value = data.Binding is { } binding ? ValueOf(data.Source, binding, scope) : data.Inline;
        return value is TemplateValue.List(var items)
            ? items.Select((item, index) => WithData(scope, item) with { Index = (double)index }).Where(inner => _failure is null && Spend(inner) && Holds(members.When, inner))
            : new[] { WithData(scope, value) }.Where(inner => Holds(members.When, inner));
    }

    private static ExpressionScope WithData(ExpressionScope scope, TemplateValue data) => data is TemplateValue.Absent ? scope : scope with { Data = data };

    private bool Holds(TemplateCondition? when, ExpressionScope scope)
    {
        if (when is not { Binding: { } binding })
            return when?.Holds ?? true;
        _place = when.Source;
        if (binding.Pieces is not [{ Expression: { } expression }])
        {
            Remark("$when is a text with more than one expression in it, which never holds");
            return false;
        }
        var value = expression.Evaluate(scope.InCondition);
        if (value is TemplateValue.Fault(var why))
            Remark($"{expression}: {why}; $when does not hold");
        return Spend(scope) && value is TemplateValue.Flag(true);
    }

    private TemplateValue ValueOf(JsonNode source, TemplateText text, ExpressionScope scope)
    {
        _place = source;
        if (_failure is not null)
            return TemplateValue.Missing;
        var value = text.Lone is { } lone ? lone.Evaluate(scope) : Interpolated(text, scope);
        if (Spend(scope) && value is TemplateValue.Fault(var why))
            Fail($"{text.Lone}: {why}", "Mend the expression or the data; where the value may be missing, ask first: ${if(exists(value), value, 'other')}.");
        return value;
    }

    // One that cannot be evaluated leaves its text, as in Microsoft's library, and a remark.
    private TemplateValue Interpolated(TemplateText text, ExpressionScope scope)
    {
        var joined = new StringBuilder();
        foreach (var (literal, expression) in text.Pieces)
        {
            joined.Append(literal);
            if (expression is null)
                continue;
            var value = expression.Evaluate(scope);
            if (value is TemplateValue.Fault(var why))
                Remark($"{expression}: {why}");
            if (!Room(joined.Length + ValueText.Size(value, limits.MaxOutputBytes)))
                break;
            joined.Append(value is TemplateValue.Fault or TemplateValue.Absent ? "${" + expression + "}" : ValueText.Of(value));
        }
        return joined.ToString();
    }

    private void Write(TemplateValue value, string? name)
    {
        if (value is TemplateValue.Absent or TemplateValue.Fault || !Room(ValueText.Size(value, limits.MaxOutputBytes)))
            return;
        Begin(name);
        _values += ValueText.Count(value) - 1;
        if (Room(0))
            ValueText.Write(value, _writer);
        Room(0); // The size was an estimate.
    }

    private void WriteLiteral(JsonNode source)
    {
        _place = source;
        if (Room(source.RawBytes.Length))
            source.WriteTo(_writer);
    }

    private void Begin(string? name)
    {
        _values++;
        if (name is not null && Room(name.Length))
            _writer.WritePropertyName(name);
    }

    private void Open(bool isArray)
    {
        if (!Room(2))
            return;
        if (isArray)
            _writer.WriteStartArray();
        else
            _writer.WriteStartObject();
    }

    private void Close(bool isArray)
    {
        if (_failure is not null)
            return;
        if (isArray)
            _writer.WriteEndArray();
        else
            _writer.WriteEndObject();
    }

    // Asked before anything is written; once the answer was no, nothing is written any more.
    private bool Room(long bytes)
    {
        if (_writer.BytesCommitted + _writer.BytesPending + bytes > limits.MaxOutputBytes)
            Fail($"the card grows over {limits.MaxOutputBytes.ToString(CultureInfo.InvariantCulture)} bytes", TooLargeRemedy);
        else if (_values > limits.MaxOutputValues)
            Fail($"the card grows over {limits.MaxOutputValues.ToString(CultureInfo.InvariantCulture)} values", TooLargeRemedy);
        return _failure is null;
    }

    private bool Spend(ExpressionScope scope)
    {
        if (!scope.Budget.Spend())
            Fail("the template asks for too much work", TooLargeRemedy);
        return _failure is null;
    }

    private void Fail(string message, string remedy) => _failure ??= new(_place.Pointer, message, remedy);

    private void Remark(string message)
    {
        if (_remarks.Count < MaxRemarks)
            _remarks.Add(new(_place.Pointer, message));
    }
}
