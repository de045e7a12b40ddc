namespace AnyFetch.Provider.Hosting;

/// <summary>Picks and checks what was entered in a setup form.</summary>
internal static class SetupValues
{
    public static Dictionary<string, string> Check(SetupForm form, RequestParameters parameters)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in form.Fields)
        {
            var value = parameters[field.Name]?.Trim() ?? "";
            if (value.Length > field.LengthMax)
            {
                throw new ConnectException($"{field.Label} is longer than {field.LengthMax} characters.");
            }

            if (value.Length == 0 && field.Required)
            {
                throw new ConnectException($"{field.Label} is missing.");
            }

            if (value.Length > 0)
            {
                values[field.Name] = value;
            }
        }

        return values;
    }
}
