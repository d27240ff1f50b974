// The date picker of Wagtail 8.0.1 replaces a date that it cannot parse by today when the field loses
// focus. The form parses more formats than the picker, and reports invalid dates.
// https://github.com/wagtail/wagtail/issues/8056
jQuery.fn.datetimepicker.defaults.validateOnBlur = false;
// The handler that this turns off also closed the picker, which would cover the buttons below.
jQuery(document).on("focusout", "input", function () {
  jQuery(this).data("xdsoft_datetimepicker")?.trigger("close.xdsoft");
});
