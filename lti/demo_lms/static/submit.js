// The round trip of a launch is made of forms that post themselves.
document.forms[0].submit();
