// Tells the LMS that registration is over, so that it closes the frame or window
// (LTI Dynamic Registration). The message holds nothing, so any opener may read it.
(function () {
  "use strict";

  var message = { subject: "org.imsglobal.lti.close" };
  var opener = window.opener || window.parent;

  if (opener !== window) {
    opener.postMessage(message, "*");
  }
})();
