// The date picker of Wagtail 8.0.1 writes today over what it cannot read when the field loses focus.
// The form reads more than the picker does, and says what neither can.
// https://github.com/wagtail/wagtail/issues/8056
jQuery.fn.datetimepicker.defaults.validateOnBlur = false;
// The handler that this turns off also closed the picker, which would cover the buttons below.
jQuery(document).on("focusout", "input", function () {
  jQuery(this).data("xdsoft_datetimepicker")?.trigger("close.xdsoft");
});
