import "../styles/dashboard.css";
